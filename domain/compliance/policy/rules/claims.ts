import type { Phrases, PolicyRule } from '../policy-rule.ts';
import { failing, passing } from './examples.ts';
import { eachPlatform, sources } from './sources.ts';
import { words } from './words.ts';

/** Words that put something above all others. */
const superlatives: Phrases = words(`
  best, number one, number 1, no 1, cheapest, lowest price~, lowest prices, the leading, market leader, market leading,
  world leading, industry leading, unbeatable, unrivalled, unrivaled, the fastest, most popular, most trusted,
  top rated, award winning, world s best, world s leading, world s first, the greatest, most effective,
  beste, besten, bester, bestes, Nummer 1, Nummer eins, Nr 1, günstigste, günstigsten, billigste, billigsten, führende,
  führender, führenden, Marktführer, unschlagbar~, einzigartig~, schnellste, schnellsten, meistverkauft~, beliebteste,
  beliebtesten, Testsieger,
  le meilleur, la meilleure, les meilleurs, les meilleures, meilleur prix, meilleurs prix, numéro 1, numéro un, n 1,
  le moins cher, la moins chère, les moins chers, les moins chères, le leader, leader du marché, leader de la,
  leader en, leader des, imbattable~, le plus rapide, la plus rapide, le plus vendu,
  el mejor, la mejor, los mejores, las mejores, mejor precio, mejores precios, número uno, número 1, el más barato,
  la más barata, los más baratos, las más baratas, líder en, líderes en, líder del mercado, el líder, los líderes,
  inmejorable~, el más rápido, la más rápida, el más vendido
`);
const noSuperlatives: Phrases = words(`
  best before, best friend~, best man, best practice~, at best, best western, best wishes, do your best, your best,
  our best, best of luck, best regards, best interest~, best fit, suits you best, works best for you, fits best,
  best possible, best dressed, best suited, best of both, best seller~ list, which is best, know best, knows best,
  second best, george best, personal best, personal bests, the leading edge, the leading cause~, the fastest growing,
  beste Freund*, besten Freund*, bester Freund, beste Freundin, am besten, beste Grüße, besten Dank, im besten Alter,
  bestes Alter, aufs Beste, dein Bestes, Ihr Bestes, unser Bestes, das Beste aus, führende Null~,
  le meilleur ami, la meilleure amie, les meilleurs amis, au meilleur de, pour le meilleur, le meilleur de vous,
  la meilleure version de vous, les meilleures amies,
  el mejor amigo, la mejor amiga, los mejores amigos, la mejor versión, líder en prácticas, el líder de equipo
`);

const superlativeAdvice =
  'Say what makes it good, or add a fact that proves it (a test, an award, a ranking) and put the proof on the page.';

export const claimRules: readonly PolicyRule[] = [
  {
    id: 'claims.superlative',
    platforms: ['google-ads', 'linkedin-ads'],
    countries: 'all',
    matcher: { kind: 'superlative', any: superlatives, except: noSuperlatives, against: 'facts' },
    severity: 'warn',
    message: `“{match}” claims a first place that nothing proves; ads may be refused, and competitors may sue. ${superlativeAdvice}`,
    rewrite: { how: 'matcher' },
    source: eachPlatform(sources.googleMisrepresentation),
    validFrom: '2020-01-01',
    passes: [
      passing('Feel your best every day'),
      passing('Germany’s best running shoes', { facts: ['Voted best running shoes 2026 by Runner’s Weekly'] }),
      passing('So schläfst du am besten'),
      passing('Votre meilleur ami à table'),
    ],
    fails: [
      failing('The best shoes in town', 'best'),
      failing('Die günstigsten Schuhe', 'günstigsten'),
      failing('Les meilleures chaussures', 'Les meilleures'),
      failing('Las mejores zapatillas', 'Las mejores'),
      failing('We are number one', 'number one'),
    ],
  },
  {
    id: 'tiktok.absolute-claims',
    platforms: ['tiktok-ads'],
    countries: 'all',
    matcher: { kind: 'superlative', any: superlatives, except: noSuperlatives, against: 'facts' },
    severity: 'block',
    message: `“{match}”: TikTok refuses absolute claims. ${superlativeAdvice}`,
    rewrite: { how: 'matcher' },
    source: sources.tiktokCreatives,
    validFrom: '2020-01-01',
    passes: [
      passing('Shoes for rainy days', { field: 'text' }),
      passing('Best-selling shoes of 2025', {
        field: 'text',
        facts: ['best selling shoes of 2025, by units (GfK)', 'Best-selling'],
      }),
    ],
    fails: [
      failing('The best shoes for rainy days', 'best', { field: 'text' }),
      failing('Das sind die führenden Schuhe', 'führenden', { field: 'text' }),
    ],
  },
  {
    id: 'claims.guaranteed-results',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        guaranteed result~, results guaranteed, guaranteed success, success guaranteed, guaranteed approval,
        approval guaranteed, 100 guaranteed, 100 percent guaranteed, guaranteed to work, guaranteed weight loss,
        guaranteed income, guaranteed first page, risk free, zero risk, no risk at all, never fails,
        works every time, instant results, permanent results, guaranteed job, garantierter Erfolg,
        Erfolg garantiert, garantierte Ergebnisse, Ergebnisse garantiert, garantierte Zusage, ohne Risiko,
        risikofrei, risikolos, wirkt garantiert, 100 Erfolgsgarantie, Erfolgsgarantie, sofortige Wirkung,
        résultats garantis, résultat garanti, succès garanti, réussite garantie, acceptation garantie, sans risque,
        aucun risque, 100 garanti, résultats immédiats, efficacité garantie, resultados garantizados,
        éxito garantizado, aprobación garantizada, sin riesgo, sin ningún riesgo, 100 garantizado,
        resultados inmediatos, funciona siempre
      `),
      except: words(`
        risk free trial~, risk free return~, try it risk free, risk free rate, risk free for 30 days,
        risk free cancellation, ohne Risiko testen, risikofrei testen, risikofrei kündigen, essai sans risque,
        essayez sans risque, prueba sin riesgo, devolución sin riesgo, sans risque de chute, sin riesgo de caída~,
        ohne Risiko zurückgeben, sans risque d allergie
      `),
    },
    severity: 'block',
    message:
      '“{match}” promises an outcome that nobody can promise. Say what you do, or what customers reported, with the proof.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleMisrepresentation),
    validFrom: '2020-01-01',
    passes: [
      passing('30-day money-back guarantee'),
      passing('Start your risk-free trial'),
      passing('Zwei Jahre Garantie'),
    ],
    fails: [
      failing('Guaranteed results in a week', 'Guaranteed results'),
      failing('Erfolg garantiert', 'Erfolg garantiert'),
      failing('Résultats garantis', 'Résultats garantis'),
      failing('Resultados garantizados', 'Resultados garantizados'),
    ],
  },
  {
    id: 'claims.easy-money',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        get rich quick, get rich, make money fast, make money online fast, easy money, fast cash from home,
        double your money, double your income, double your investment, financial freedom in, quit your job,
        passive income in days, guaranteed profit~, guaranteed return~, earn thousands, millionaire secret~,
        become a millionaire, money while you sleep, guaranteed income, schnell reich, reich werden, schnelles Geld,
        leichtes Geld, verdopple dein Geld, verdoppeln Sie Ihr Geld, garantierte Rendite~, garantierter Gewinn,
        garantierte Gewinne, Geld im Schlaf, werde Millionär, Millionär werden, kündige deinen Job,
        passives Einkommen in, devenir riche, devenez riche, argent facile, gagner de l argent rapidement,
        gagnez de l argent facilement, doublez votre argent, doublez vos revenus, devenez millionnaire,
        rendement garanti, gains garantis, quittez votre emploi, hazte rico, hacerse rico, dinero fácil,
        dinero rápido, gana dinero rápido, duplica tu dinero, duplica tus ingresos, hazte millonario,
        ganancias garantizadas, rentabilidad garantizada, deja tu trabajo
      `),
      except: words(`
        get rich flavour, get rich coffee, get rich chocolate, get rich soil, get rich results, get rich insights,
        get rich colour~, get rich data, reich werden an Erfahrung, get rich media, get rich text,
        get rich snippets, double your money s worth
      `),
    },
    severity: 'block',
    message:
      '“{match}” promises money without effort or risk, which all platforms refuse. Say what people learn or get.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleMisrepresentation),
    validFrom: '2020-01-01',
    passes: [passing('Get rich coffee flavour'), passing('Learn to plan your savings')],
    fails: [
      failing('Get rich quick with our app', 'Get rich quick'),
      failing('Schnelles Geld von zu Hause', 'Schnelles Geld'),
      failing('Gana dinero rápido en casa', 'Gana dinero rápido'),
      failing('Argent facile, sans effort', 'Argent facile'),
    ],
  },
  {
    id: 'claims.cure',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        miracle cure~, miracle pill~, cures cancer, cure cancer, cure for cancer, cures diabetes, cure diabetes,
        reverse diabetes, reverses diabetes, cures arthritis, cure your _ naturally, cures depression,
        cures anxiety, cure for covid, prevents covid, cures all, doctors hate, melt away fat, melts fat,
        heals cancer, cure baldness, cures insomnia, cure alzheimer s, cures adhd, cure autism, detox your liver,
        miracle weight loss, heilt Krebs, Krebs heilen, heilt Diabetes, Diabetes heilen, Wundermittel, Wunderpille~,
        Wunderheilung, heilt Arthrose, Arthrose heilen, heilt Depressionen, heilt garantiert, Ärzte hassen,
        Heilung von Krebs, heilt Rheuma, guérit le cancer, guérir le cancer, guérit le diabète, guérir le diabète,
        remède miracle, pilule miracle, guérit l arthrose, guérit la dépression, médecins détestent,
        guérison miraculeuse, fait fondre la graisse, cura el cáncer, curar el cáncer, cura la diabetes,
        curar la diabetes, remedio milagroso, cura milagrosa, pastilla milagrosa, producto milagro,
        cura la artritis, cura la depresión, los médicos odian, cura la ansiedad
      `),
      except: words(`
        cure cancer charity, help us find a cure for cancer, find a cure for cancer, research to cure cancer,
        recherche pour guérir le cancer, Forschung Krebs heilen, investigar para curar el cáncer,
        donate to cure cancer, fund a cure for cancer, run to cure cancer, ayuda a curar el cáncer,
        aidez à guérir le cancer, hilf Krebs heilen
      `),
    },
    severity: 'block',
    message:
      '“{match}” says that something heals, which only an approved medicine may say, and never as a wonder. Say how it is used.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleHealth),
    validFrom: '2020-01-01',
    passes: [passing('Help us find a cure for cancer'), passing('Dry-cured ham from Parma')],
    fails: [
      failing('This tea cures cancer', 'cures cancer'),
      failing('Das Wundermittel ist da', 'Wundermittel'),
      failing('Le remède miracle est là', 'remède miracle'),
      failing('Este té cura la diabetes', 'cura la diabetes'),
    ],
  },
  {
    id: 'claims.unrealistic-weight-loss',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'pattern',
      on: 'folded',
      source:
        "\\b(?:lose|loose|drop|shed|burn|nimm|nehmen sie|verliere|verlieren sie|perdez|perds|perdre|pierde|pierda|perder|baja|elimina)(?: (?:up to|bis zu|jusqu'a|hasta|over|more than|mehr als|plus de|mas de|in \\d{1,2} \\w{3,6}))? \\d{1,3}(?:[.,]\\d)? ?(?:kg|kilos?|pounds?|lbs?|pfund|kilogramm|stone|libras?)(?: (?:ab|of fat|de graisse|de grasa|fett))?(?: (?:in|en|within|innerhalb von) (?:just |nur |seulement |solo )?\\d{1,3} (?:days?|weeks?|tagen|wochen|jours|semaines?|dias|semanas?))?",
    },
    severity: 'block',
    message:
      '“{match}” promises an amount of weight lost. Platforms and health law refuse it: say what the programme contains.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleHealth),
    validFrom: '2020-01-01',
    passes: [passing('Save 5 kg of packaging a year'), passing('Backpacks from 5 kg to 12 kg')],
    fails: [
      failing('Lose 10 kg in 2 weeks', 'Lose 10 kg in 2 weeks'),
      failing('Perdez 8 kilos en 3 semaines', 'Perdez 8 kilos en 3 semaines'),
      failing('Pierde 5 kg en 7 días', 'Pierde 5 kg en 7 días'),
      failing('Nimm 5 Kilo ab in 14 Tagen', 'Nimm 5 Kilo ab in 14 Tagen'),
    ],
  },
  {
    id: 'claims.clickbait',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        you won t believe, one weird trick, this one trick, weird trick, what happens next, what happened next,
        shocking truth, secret they don t want you, they don t want you to know, will shock you, before it s banned,
        this simple trick, Sie werden nicht glauben, du wirst nicht glauben, was dann passiert, was dann geschah,
        dieser eine Trick, einfacher Trick, schockierende Wahrheit, bevor es verboten wird, das Geheimnis das,
        vous n allez pas croire, tu ne vas pas croire, cette astuce, la suite va vous, vérité choquante,
        ce qu on vous cache, avant que ce soit interdit, le secret que, no vas a creer, no creerás, este truco,
        lo que pasó después, verdad impactante, el secreto que, antes de que lo prohíban,
        lo que no quieren que sepas
      `),
      except: ['este truco de magia', 'cette astuce cuisine'],
    },
    severity: 'warn',
    message:
      '“{match}” teases instead of telling, which platforms treat as clickbait. Say what people find on the page.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleMisrepresentation),
    validFrom: '2020-07-01',
    passes: [passing('How our soles are made'), passing('Card tricks for beginners')],
    fails: [
      failing('You won’t believe this shoe', 'You won’t believe'),
      failing('Dieser eine Trick hilft', 'Dieser eine Trick'),
      failing('Vous n’allez pas croire ça', 'Vous n’allez pas croire'),
    ],
  },
  {
    id: 'claims.figure-without-fact',
    platforms: 'all',
    countries: 'all',
    matcher: { kind: 'figures', against: 'facts', of: ['price', 'percent', 'number'] },
    severity: 'block',
    message:
      '“{match}” is a figure that none of the facts backs. Take it out, or add the fact with where it comes from.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleMisrepresentation),
    validFrom: '2020-01-01',
    passes: [
      passing('Trail shoes, now 20% off', { facts: ['20 % off until Sunday'] }),
      passing('Schuhe ab 89,90 €', { facts: ['Price: EUR 89.90'] }),
      passing('Open 24/7 since 1998', { facts: ['Shoes'] }),
    ],
    fails: [
      failing('Trail shoes, now 30% off', '30%', { facts: ['20 % off until Sunday'] }),
      failing('Schuhe ab 79,90 €', '79,90 €', { facts: ['Price: EUR 89.90'] }),
      failing('Over 12,000 happy runners', '12,000', { facts: ['Light shoes'] }),
    ],
  },
  {
    id: 'claims.fake-reviews',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        buy reviews, buy google reviews, buy 5 star reviews, buy five star reviews, fake reviews for, paid reviews,
        get paid to write reviews, buy followers, buy likes, buy instagram followers, buy tiktok likes,
        buy youtube views, Bewertungen kaufen, Google Bewertungen kaufen, Follower kaufen, Likes kaufen,
        gekaufte Bewertungen, acheter des avis, achetez des avis, acheter des abonnés, achetez des abonnés,
        acheter des likes, comprar reseñas, compra reseñas, comprar seguidores, compra seguidores, comprar likes
      `),
      except: ['don t buy reviews', 'never buy reviews', 'stop paid reviews', 'spot paid reviews'],
    },
    severity: 'block',
    message:
      '“{match}”: bought reviews, followers or likes deceive people; the law of the US and the EU forbids them. Do not advertise it.',
    rewrite: { how: 'by-hand' },
    source: sources.ftcReviews,
    validFrom: '2024-10-21',
    passes: [passing('Answer your reviews in one inbox'), passing('Read 400 reviews of our shoes')],
    fails: [
      failing('Buy Google reviews today', 'Buy Google reviews'),
      failing('Bewertungen kaufen ab heute', 'Bewertungen kaufen'),
      failing('Comprar seguidores reales', 'Comprar seguidores'),
    ],
  },
  {
    id: 'claims.us-testimonial',
    platforms: 'all',
    countries: ['US'],
    matcher: {
      kind: 'pattern',
      on: 'folded',
      source:
        "\\bi(?:'ve)? (?:made|earned|lost|saved|make|earn) (?:over |almost |more than )?[$]?\\d[\\d,.]{0,12}(?:k\\b| ?(?:dollars|pounds|lbs|kg|kilos))?",
      except: '\\b(?:typical|average|on average|most customers)\\b[^.]{0,200}',
    },
    severity: 'warn',
    message:
      '“{match}”: what one customer reports reads as what all can expect. Say beside it what customers reach on average, with your evidence.',
    rewrite: { how: 'by-hand' },
    source: sources.ftcEndorsements,
    validFrom: '2023-07-26',
    passes: [
      passing('“These shoes made my week”', { countries: ['US'] }),
      passing('Our members walk 20 minutes a day', { countries: ['US'] }),
    ],
    fails: [
      failing('“I made $5,000 with this course”', 'I made $5,000', { countries: ['US'] }),
      failing('“I lost 30 pounds” says Ann', 'I lost 30 pounds', { countries: ['US'] }),
    ],
  },
];

export const superlativeWords = { any: superlatives, except: noSuperlatives };
