/**
 * Words that claim something which can be true or false. Each class has its words in every language, so that a German text may be
 * backed by an English fact. Word beginnings; `$` at the end means the whole word.
 */
export interface ClaimClass {
  readonly name: string;
  readonly what: 'superlative' | 'claim' | 'urgency';
  readonly words: Readonly<Record<'en' | 'de' | 'fr' | 'es', readonly string[]>>;
}

export const claimClasses: readonly ClaimClass[] = [
  {
    name: 'best',
    what: 'superlative',
    words: {
      en: ['best$', 'finest$', 'greatest$', 'ultimate$', 'unbeatable', 'unrivalled', 'unmatched', 'second to none'],
      de: ['beste$', 'besten$', 'bester$', 'bestes$', 'unschlagbar', 'unübertroffen', 'konkurrenzlos'],
      fr: ['meilleur', 'imbattable', 'inégalé', 'incomparable'],
      es: ['mejor$', 'mejores$', 'inmejorable', 'inigualable', 'insuperable'],
    },
  },
  {
    name: 'number-one',
    what: 'superlative',
    words: {
      en: ['no. 1', 'no 1$', '#1', 'number one$', 'leading$', 'leader', 'top-rated', 'world-class'],
      de: ['nr. 1', 'nummer 1', 'nummer eins', 'führend', 'marktführer', 'spitzenreiter', 'erstklassig'],
      fr: ['n° 1', 'n°1', 'numéro 1', 'numéro un', 'leader'],
      es: ['n.º 1', 'nº 1', 'número 1', 'número uno', 'líder'],
    },
  },
  {
    name: 'cheapest',
    what: 'superlative',
    words: {
      en: ['cheapest', 'lowest price', 'lowest-price', 'best price'],
      de: ['günstigste', 'billigste', 'tiefstpreis', 'bestpreis', 'niedrigste'],
      fr: ['moins cher', 'prix le plus bas', 'prix les plus bas', 'meilleur prix'],
      es: ['más barat', 'precio más bajo', 'precios más bajos', 'mejor precio'],
    },
  },
  {
    name: 'fastest',
    what: 'superlative',
    words: { en: ['fastest', 'quickest'], de: ['schnellste'], fr: ['plus rapide'], es: ['más rápid'] },
  },
  {
    name: 'largest',
    what: 'superlative',
    words: {
      en: ['largest', 'biggest', 'widest'],
      de: ['größte'],
      fr: ['plus grand', 'plus large'],
      es: ['más grande', 'mayor$', 'más ampli'],
    },
  },
  {
    name: 'only-one',
    what: 'superlative',
    words: {
      en: ['unique$', 'one of a kind', 'the only', 'like no other'],
      de: ['einzigartig', 'einmalig', 'weltweit einzig'],
      fr: ['unique en son genre', 'le seul', 'la seule'],
      es: ['únic', 'sin igual'],
    },
  },
  {
    name: 'perfect',
    what: 'superlative',
    words: {
      en: ['perfect', 'flawless', 'amazing', 'incredible', 'revolutionary', 'miracle'],
      de: ['perfekt', 'makellos', 'unglaublich', 'revolutionär', 'wunder'],
      fr: ['parfait', 'incroyable', 'révolutionnaire', 'miracle'],
      es: ['perfect', 'increíble', 'revolucionari', 'milagro'],
    },
  },
  {
    name: 'always',
    what: 'superlative',
    words: {
      en: ['always', 'never', 'everyone$', 'instantly', '100% '],
      de: ['garantiert immer', 'niemals', 'jedem$'],
      fr: ['toujours', 'jamais'],
      es: ['siempre', 'nunca', 'jamás'],
    },
  },
  {
    name: 'free',
    what: 'claim',
    words: {
      en: ['free$', 'free of charge', 'complimentary', 'at no cost', 'no cost'],
      de: ['kostenlos', 'gratis', 'kostenfrei', 'umsonst', 'geschenkt'],
      fr: ['gratuit', 'offert'],
      es: ['gratis', 'gratuit', 'sin coste', 'de regalo'],
    },
  },
  {
    name: 'guarantee',
    what: 'claim',
    words: {
      en: ['guarantee', 'warranty', 'money-back', 'money back'],
      de: ['garant', 'gewährleist', 'geld-zurück', 'geld zurück'],
      fr: ['garanti', 'satisfait ou remboursé', 'remboursé'],
      es: ['garant', 'devolución del dinero', 'le devolvemos'],
    },
  },
  {
    name: 'certified',
    what: 'claim',
    words: {
      en: ['certified', 'certificate', 'accredited', 'approved', 'licensed'],
      de: ['zertifizi', 'zertifikat', 'akkreditiert', 'zugelassen', 'amtlich'],
      fr: ['certifi', 'agréé', 'homologu', 'labellisé'],
      es: ['certific', 'acreditad', 'homologad', 'autorizad'],
    },
  },
  {
    name: 'tested',
    what: 'claim',
    words: {
      en: ['tested', 'clinically', 'proven', 'scientifically', 'dermatologist', 'doctor'],
      de: [
        'getestet',
        'geprüft',
        'klinisch',
        'erwiesen',
        'bewiesen',
        'wissenschaftlich',
        'dermatologisch',
        'testsieger',
        'ärztlich',
      ],
      fr: ['testé', 'cliniquement', 'prouvé', 'scientifiquement', 'dermatologique', 'médecin'],
      es: ['testad', 'probad', 'clínicamente', 'demostrad', 'científicamente', 'dermatológic'],
    },
  },
  {
    name: 'award',
    what: 'claim',
    words: {
      en: ['award', 'prize', 'winner', 'winning'],
      de: ['ausgezeichnet', 'auszeichnung', 'preisgekrönt', 'sieger', 'gewinner'],
      fr: ['primé', 'récompens', 'lauréat', 'élu$', 'élue$'],
      es: ['premi', 'galardon', 'ganador'],
    },
  },
  {
    name: 'recommended',
    what: 'claim',
    words: {
      en: ['recommended', 'trusted by', 'favourite', 'favorite', 'loved by', 'popular'],
      de: ['empfohlen', 'beliebt', 'lieblings'],
      fr: ['recommandé', 'préféré', 'populaire', 'plébiscité'],
      es: ['recomendad', 'preferid', 'favorit', 'popular'],
    },
  },
  {
    name: 'organic',
    what: 'claim',
    words: {
      en: ['organic', 'natural$', 'chemical-free', 'pesticide'],
      de: ['bio$', 'bio-', 'biologisch', 'natürlich', 'naturrein'],
      fr: ['bio$', 'biologique', 'naturel'],
      es: ['ecológic', 'orgánic', 'natural$', 'naturales$'],
    },
  },
  {
    name: 'green',
    what: 'claim',
    words: {
      en: [
        'sustainab',
        'eco-friendly',
        'climate neutral',
        'climate-neutral',
        'carbon',
        'recycl',
        'environmentally',
        'green energy',
      ],
      de: [
        'nachhaltig',
        'umweltfreundlich',
        'klimaneutral',
        'klimafreundlich',
        'co2',
        'recycel',
        'recycl',
        'ökologisch',
        'ökostrom',
      ],
      fr: ['durable', 'écologique', 'éco-responsable', 'neutre en carbone', 'recycl', 'respectueux de'],
      es: ['sostenible', 'respetuos', 'neutro en carbono', 'reciclad', 'medio ambiente'],
    },
  },
  {
    name: 'healthy',
    what: 'claim',
    words: {
      en: ['healthy', 'cures', 'heals', 'relieves', 'lose weight', 'anti-ageing', 'anti-aging'],
      de: ['gesund', 'heilt', 'lindert', 'abnehmen', 'schmerzfrei'],
      fr: ['sain$', 'saine$', 'guéri', 'soulage', 'maigri', 'perdre du poids'],
      es: ['saludable', 'cura$', 'alivia', 'adelgaz', 'perder peso'],
    },
  },
  {
    name: 'no-risk',
    what: 'claim',
    words: {
      en: ['risk-free', 'no risk', 'no obligation', 'without obligation', 'safe$', 'secure$'],
      de: ['risikofrei', 'ohne risiko', 'unverbindlich', 'sicher$', 'sichere'],
      fr: ['sans risque', 'sans engagement', 'sécurisé', 'sûr$'],
      es: ['sin riesgo', 'sin compromiso', 'segur[oa]s?$'],
    },
  },
  {
    name: 'unlimited',
    what: 'claim',
    words: {
      en: ['unlimited', 'lifetime', 'forever', '24/7', 'round the clock'],
      de: ['unbegrenzt', 'lebenslang', 'für immer', 'rund um die uhr', '24/7'],
      fr: ['illimité', 'à vie$', '24h/24', '24 h/24', '24/7', '7j/7'],
      es: ['ilimitad', 'de por vida', 'para siempre', '24 horas', '24/7'],
    },
  },
  {
    name: 'new',
    what: 'claim',
    words: {
      en: ['new$', 'brand-new', 'latest', 'innovative', 'patented'],
      de: ['neu$', 'neue$', 'neuer$', 'neues$', 'neuen$', 'neueste', 'innovativ', 'patentiert'],
      fr: ['nouveau', 'nouvel', 'nouvelle', 'inédit', 'innovant', 'breveté'],
      es: ['nuev', 'novedos', 'innovador', 'patentad'],
    },
  },
  {
    name: 'handmade',
    what: 'claim',
    words: {
      en: ['handmade', 'hand-made', 'handcrafted', 'homemade'],
      de: ['handgemacht', 'handgefertigt', 'hausgemacht', 'von hand'],
      fr: ['fait main', 'faits main', 'faite main', 'faites main', 'artisanal', 'fait maison'],
      es: ['hecho a mano', 'hecha a mano', 'hechos a mano', 'hechas a mano', 'artesan', 'caser'],
    },
  },
  {
    name: 'exclusive',
    what: 'claim',
    words: {
      en: ['exclusive', 'official$', 'original$', 'genuine', 'authentic'],
      de: ['exklusiv', 'offiziell', 'original', 'authentisch'],
      fr: ['exclusi', 'officiel', 'authentique', 'véritable'],
      es: ['exclusiv', 'oficial', 'original', 'auténtic'],
    },
  },
  {
    name: 'cheap',
    what: 'claim',
    words: {
      en: ['discount', 'reduced', 'bargain', 'cheap$', 'sale$'],
      de: ['rabatt', 'reduziert', 'schnäppchen', 'billig', 'günstig$', 'günstiger', 'sparpreis'],
      fr: ['remise', 'réduction', 'promo', 'soldes', 'pas cher', 'bon marché'],
      es: ['descuento', 'rebaj', 'ganga', 'barat'],
    },
  },
  {
    name: 'scarce',
    what: 'urgency',
    words: {
      en: [
        'last chance',
        'only today',
        'today only',
        'while stocks last',
        'limited',
        'hurry',
        'almost gone',
        'selling fast',
        'few left',
        'last places',
        'last days',
        'ends soon',
        'ends today',
      ],
      de: [
        'letzte chance',
        'nur heute',
        'nur noch',
        'solange der vorrat',
        'begrenzt',
        'limitiert',
        'fast ausverkauft',
        'letzte plätze',
        'letzten tage',
        'endet bald',
        'beeil',
      ],
      fr: [
        'dernière chance',
        'aujourd’hui seulement',
        "aujourd'hui seulement",
        'dans la limite',
        'limité',
        'derniers jours',
        'dernières places',
        'plus que',
        'vite$',
        'dépêche',
      ],
      es: [
        'última oportunidad',
        'solo hoy',
        'sólo hoy',
        'hasta agotar',
        'limitad',
        'últimos días',
        'últimas plazas',
        'date prisa',
        'dese prisa',
        'quedan poc',
      ],
    },
  },
];
