import type { LanguagePack, Noun } from '../language-pack.ts';

/** No-break space: French sets it before ":", "?", "!" and "%" (Lexique des règles typographiques, Imprimerie nationale). */
const nb = '\u00a0';
/** Before a spoken vowel "de" loses its e; h is mute in the nouns here. */
const elided = (text: string): boolean => /^[aeiouyhàâéèêëîïôû]/i.test(text);

const your = (noun: Noun, formal: boolean): string => {
  if (noun.plural) return formal ? 'vos' : 'tes';
  if (formal) return 'votre';
  return noun.gender === 'f' && !elided(noun.text) ? 'ta' : 'ton';
};

export const french: LanguagePack = {
  language: 'fr',
  locale: (countries) => (countries.length > 0 && countries.every((one) => one === 'CH') ? 'fr-CH' : 'fr-FR'),
  nouns: {
    footwear: { text: 'chaussures', gender: 'f', plural: true },
    fashion: { text: 'vêtements', gender: 'm', plural: true },
    jewellery: { text: 'bijoux', gender: 'm', plural: true },
    cosmetics: { text: 'cosmétiques', gender: 'm', plural: true },
    furniture: { text: 'meubles', gender: 'm', plural: true },
    kitchenware: { text: 'ustensiles de cuisine', gender: 'm', plural: true },
    electronics: { text: 'appareils électroniques', gender: 'm', plural: true },
    software: { text: 'logiciel', gender: 'm', plural: false },
    'online-courses': { text: 'formations en ligne', gender: 'f', plural: true },
    'language-courses': { text: 'cours de langue', gender: 'm', plural: true },
    gyms: { text: 'salle de sport', gender: 'f', plural: false },
    'sports-gear': { text: 'équipements de sport', gender: 'm', plural: true },
    bicycles: { text: 'vélos', gender: 'm', plural: true },
    cars: { text: 'voitures', gender: 'f', plural: true },
    'car-repair': { text: 'garage', gender: 'm', plural: false },
    hotels: { text: 'hôtel', gender: 'm', plural: false },
    travel: { text: 'voyages', gender: 'm', plural: true },
    restaurants: { text: 'restaurant', gender: 'm', plural: false },
    groceries: { text: 'produits d’épicerie', gender: 'm', plural: true },
    coffee: { text: 'café', gender: 'm', plural: false, mass: true },
    wine: { text: 'vins', gender: 'm', plural: true },
    flowers: { text: 'fleurs', gender: 'f', plural: true },
    toys: { text: 'jouets', gender: 'm', plural: true },
    'pet-supplies': { text: 'produits pour animaux', gender: 'm', plural: true },
    insurance: { text: 'assurance', gender: 'f', plural: false },
    'bank-accounts': { text: 'compte bancaire', gender: 'm', plural: false },
    'tax-advice': { text: 'cabinet comptable', gender: 'm', plural: false },
    'legal-advice': { text: 'cabinet d’avocats', gender: 'm', plural: false },
    'real-estate': { text: 'agence immobilière', gender: 'f', plural: false },
    cleaning: { text: 'service de ménage', gender: 'm', plural: false },
    removals: { text: 'entreprise de déménagement', gender: 'f', plural: false },
    plumbing: { text: 'plombier', gender: 'm', plural: false },
    'solar-power': { text: 'panneaux solaires', gender: 'm', plural: true },
    gardening: { text: 'service de jardinage', gender: 'm', plural: false },
    events: { text: 'billets', gender: 'm', plural: true },
    jobs: { text: 'offres d’emploi', gender: 'f', plural: true },
    charity: { text: 'association', gender: 'f', plural: false },
    'marketing-services': { text: 'agence marketing', gender: 'f', plural: false },
    'dental-care': { text: 'cabinet dentaire', gender: 'm', plural: false },
  },
  noun: (noun, form, formality) => {
    if (form === 'your') return `${your(noun, formality === 'formal')} ${noun.text}`;
    // What is not counted is asked for in part: "vous cherchez du café".
    if (form === 'a' && noun.mass) {
      return `${elided(noun.text) ? 'de l’' : noun.gender === 'f' ? 'de la ' : 'du '}${noun.text}`;
    }
    if (form === 'a') return `${noun.plural ? 'des' : noun.gender === 'f' ? 'une' : 'un'} ${noun.text}`;
    if (form === 'of') return `${elided(noun.text) ? 'd’' : 'de '}${noun.text}`;
    return noun.text;
  },
  lowest: (price) => `à partir de ${price}`,
  per: {
    once: '',
    day: ' par jour',
    night: ' la nuit',
    month: ' par mois',
    year: ' par an',
    hour: ' de l’heure',
    person: ' par personne',
  },
  percent: (percent) => `${percent}${nb}%`,
  most: (percent) => `jusqu’à ${percent}`,
  question: (statement) => `${statement}${nb}?`,
  lowerable: new Set(
    'si fini chacun relié alertes données intervention devis artisan disponible déplacement gravure bijoux jusqu’à dès premier première membrane argent dessinés vélos parking piscine petit-déjeuner groupes tabliers chef dégustation atelier dernières réservations parlez petits professeurs test début un se chambre sans avec pour des les le la un une vos votre tes ton livraison retours prix service devis à en du de tout tous toutes garantie entretien paiement chaque plus moins rendez-vous fait faits faite faites conseils installation pose réponse semelle tissu assurance bidon cours expédié olives ouvert ouverte inscription commande accès formation essai application logiciel café grains produits nos notre nouvelle nouveau simple rapide facile petite grand grande toujours même déjà réglez payez choisissez recevez profitez économisez gagnez gérez envoyez factures rappels comptes torréfié maître déménagé réparations utilisé certifié payé prête inscrite conseil moulu étude panneaux'.split(
      ' ',
    ),
  ),
  headlines: [
    { angle: 'benefit', pattern: '{benefit}' },
    { angle: 'benefit', pattern: '{feature}' },
    { angle: 'benefit', pattern: `{name}${nb}: {benefit}` },
    { angle: 'benefit', pattern: `{name}${nb}: {feature}` },
    { angle: 'offer', pattern: '{offer}' },
    { angle: 'offer', pattern: `{name}${nb}: {offer}` },
    { angle: 'offer', pattern: '{discount} de réduction' },
    { angle: 'offer', pattern: '{discount} de remise' },
    { angle: 'offer', pattern: `{name}${nb}: -{discount}` },
    { angle: 'offer', pattern: '-{discount} avec le code {code}' },
    { angle: 'offer', pattern: '-{discount} jusqu’au {until}' },
    { angle: 'offer', pattern: '{discountMost} de réduction' },
    { angle: 'offer', pattern: '{discountMost} de remise' },
    { angle: 'offer', pattern: `{name}${nb}: {discountMost} de remise` },
    { angle: 'offer', pattern: '{name} à {price}' },
    { angle: 'offer', pattern: `{name}${nb}: {price}` },
    { angle: 'offer', pattern: '{name} {priceFrom}' },
    { angle: 'offer', pattern: '{priceFrom}' },
    { angle: 'offer', pattern: `Code promo${nb}: {code}` },
    { angle: 'problem', pattern: '{problem:question}' },
    { angle: 'problem', pattern: '{problem:question} {name}' },
    { angle: 'proof', pattern: '{proof}' },
    { angle: 'proof', pattern: '{claim}' },
    { angle: 'proof', pattern: `{name}${nb}: {proof}` },
    { angle: 'proof', pattern: `{name}${nb}: {claim}` },
    { angle: 'proof', pattern: `Note${nb}: {rating}` },
    { angle: 'proof', pattern: `{name}${nb}: {rating}` },
    { angle: 'proof', pattern: '{rating} sur {reviews} avis' },
    { angle: 'urgency', pattern: '{urgency}' },
    { angle: 'urgency', pattern: 'Offre jusqu’au {until}' },
    { angle: 'urgency', pattern: 'Valable jusqu’au {until}' },
    { angle: 'urgency', pattern: `{name}${nb}: jusqu’au {until}` },
    { angle: 'category', pattern: '{name}' },
    { angle: 'category', pattern: `{category}${nb}: {brand}`, actions: ['buy', 'book'] },
    { angle: 'category', pattern: 'Achat {of category} en ligne', actions: ['buy'] },
    { angle: 'category', pattern: '{category} en ligne', actions: ['buy'] },
    { angle: 'category', pattern: `Vous cherchez {a category}${nb}?`, address: 'formal' },
    { angle: 'category', pattern: `Tu cherches {a category}${nb}?`, address: 'informal' },
    { angle: 'category', pattern: `{name}${nb}: {category}` },
    { angle: 'category', pattern: `{your category}${nb}: {brand}` },
    { angle: 'category', pattern: `{brand}${nb}: {call}` },
    { angle: 'category', pattern: `{name}${nb}: {call}` },
    { angle: 'category', pattern: '{call}' },
  ],
  sentences: {
    benefit: [
      { angle: 'benefit', pattern: '{benefit}.' },
      { angle: 'benefit', pattern: `{name}${nb}: {benefit}.` },
    ],
    feature: [{ angle: 'benefit', pattern: '{feature}.' }],
    offer: [
      { angle: 'offer', pattern: '{offer}.' },
      { angle: 'offer', pattern: '{discount} de réduction sur {name}.' },
      { angle: 'offer', pattern: '{discount} de remise avec le code {code}.' },
      { angle: 'offer', pattern: '{discount} de remise jusqu’au {until}.' },
      { angle: 'offer', pattern: '{discountMost} de réduction sur {name}.' },
      { angle: 'offer', pattern: '{discountMost} de remise, et ce jusqu’au {until}.' },
      { angle: 'offer', pattern: '{name} à {price}.' },
      { angle: 'offer', pattern: '{name} {priceFrom}.' },
    ],
    proof: [
      { angle: 'proof', pattern: '{proof}.' },
      { angle: 'proof', pattern: '{claim}.' },
      { angle: 'proof', pattern: 'Note de {rating} sur {reviews} avis.' },
      { angle: 'proof', pattern: 'Note de {rating}.' },
    ],
    problem: [{ angle: 'problem', pattern: '{problem:question}' }],
    answer: [
      { angle: 'problem', pattern: 'Pensez à {name}.', address: 'formal' },
      { angle: 'problem', pattern: 'Pense à {name}.', address: 'informal' },
      { angle: 'problem', pattern: `Une réponse${nb}: {name}.` },
    ],
    urgency: [
      { angle: 'urgency', pattern: '{urgency}.' },
      { angle: 'urgency', pattern: 'Offre valable jusqu’au {until}.' },
    ],
    category: [
      { angle: 'category', pattern: `{category}${nb}: {brand}.`, actions: ['buy'] },
      { angle: 'category', pattern: `Vous cherchez {a category}${nb}?`, address: 'formal' },
      { angle: 'category', pattern: `Tu cherches {a category}${nb}?`, address: 'informal' },
      { angle: 'category', pattern: `Vous cherchez {a category}${nb}? Voici {name}.`, address: 'formal' },
      { angle: 'category', pattern: `Tu cherches {a category}${nb}? Voici {name}.`, address: 'informal' },
      { angle: 'category', pattern: '{brand}, {your category}.' },
    ],
  },
  calls: {
    buy: [
      { text: 'Commandez en ligne', address: 'formal' },
      { text: 'Commandez dès maintenant', address: 'formal' },
      { text: 'Commande en ligne', address: 'informal' },
      { text: 'Commande dès maintenant', address: 'informal' },
      { text: 'Voir la boutique' },
    ],
    try: [
      { text: 'Voir comment ça marche' },
      { text: 'Essayez-le en ligne', address: 'formal' },
      { text: 'Essaie-le en ligne', address: 'informal' },
    ],
    enrol: [
      { text: 'Inscrivez-vous en ligne', address: 'formal' },
      { text: 'Choisissez votre cours', address: 'formal' },
      { text: 'Inscris-toi en ligne', address: 'informal' },
      { text: 'Choisis ton cours', address: 'informal' },
    ],
    join: [
      { text: 'Inscrivez-vous en ligne', address: 'formal' },
      { text: 'Devenez membre', address: 'formal' },
      { text: 'Inscris-toi en ligne', address: 'informal' },
      { text: 'Deviens membre', address: 'informal' },
    ],
    enquire: [
      { text: 'Contactez-nous', address: 'formal' },
      { text: 'Parlons de votre projet', address: 'formal' },
      { text: 'Contacte-nous', address: 'informal' },
      { text: 'Parlons de ton projet', address: 'informal' },
    ],
    appointment: [
      { text: 'Prenez rendez-vous', address: 'formal' },
      { text: 'Prenez rendez-vous en ligne', address: 'formal' },
      { text: 'Prends rendez-vous', address: 'informal' },
      { text: 'Prends rendez-vous en ligne', address: 'informal' },
    ],
    book: [
      { text: 'Réservez en ligne', address: 'formal' },
      { text: 'Réserve en ligne', address: 'informal' },
      { text: 'Voir les disponibilités' },
    ],
    reserve: [
      { text: 'Réservez votre table', address: 'formal' },
      { text: 'Réserve ta table', address: 'informal' },
      { text: 'Voir la carte' },
    ],
    quote: [
      { text: 'Demandez votre devis', address: 'formal' },
      { text: 'Demande ton devis', address: 'informal' },
      { text: 'Demander un devis en ligne' },
    ],
    open: [
      { text: 'Ouvrez votre compte', address: 'formal' },
      { text: 'Ouvre ton compte', address: 'informal' },
      { text: 'Voir les conditions' },
    ],
    tickets: [
      { text: 'Réservez vos places', address: 'formal' },
      { text: 'Réserve tes places', address: 'informal' },
      { text: 'Voir toutes les dates' },
    ],
    apply: [
      { text: 'Postulez en ligne', address: 'formal' },
      { text: 'Postule en ligne', address: 'informal' },
      { text: 'Voir les postes à pourvoir' },
    ],
    donate: [
      { text: 'Faites un don en ligne', address: 'formal' },
      { text: 'Fais un don en ligne', address: 'informal' },
      { text: 'Faire un don' },
    ],
    learn: [{ text: 'En savoir plus' }, { text: 'Voir les détails' }],
  },
  search: {
    goods: ['acheter %', '% en ligne', '% prix', 'commander %', 'boutique %'],
    places: ['% près de moi', '% prix', '% avis', '% rendez-vous'],
    negatives: [
      'gratuit',
      'emploi',
      'salaire',
      'occasion',
      'fait maison',
      'tuto',
      'wikipédia',
      'pdf',
      'leboncoin',
      'images',
    ],
  },
  sitelinks: {
    benefits: 'Vos avantages',
    features: 'Tous les détails',
    offer: 'Offre en cours',
    proof: 'Avis clients',
    contact: 'Nous contacter',
  },
};
