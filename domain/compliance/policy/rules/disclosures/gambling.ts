import type { PolicyRule } from '../../policy-rule.ts';
import { failing, passing } from '../examples.ts';
import { sources } from '../sources.ts';
import { DE, due, ES, FR, GB, IE } from './notices.ts';

/** Games of chance: the warnings that ads for them carry. */
export const gamblingDisclosures: readonly PolicyRule[] = [
  {
    id: 'disclosure.gambling-fr',
    platforms: 'all',
    countries: ['FR'],
    matcher: {
      kind: 'disclosure',
      category: 'gambling',
      accepts: ['09 74 75 13 13', 'joueurs info service', 'jouer comporte des risques'],
      notice:
        'Jouer comporte des risques : endettement, isolement, dépendance. Pour être aidé, appelez le 09 74 75 13 13.',
    },
    severity: 'block',
    message: due('A warning with the number 09 74 75 13 13', 'French law asks for it in every ad for gambling'),
    rewrite: { how: 'matcher' },
    source: sources.frGambling,
    validFrom: '2010-06-09',
    passes: [
      passing('Paris sportifs. Jouer comporte des risques : appelez le 09 74 75 13 13.', FR),
      passing('Patins à roulettes', FR),
    ],
    fails: [
      failing('Paris sportifs en direct', 'Paris sportifs en direct', FR),
      failing('Le loto du samedi.', 'Le loto du samedi.', FR),
    ],
  },
  {
    id: 'disclosure.gambling-de',
    platforms: 'all',
    countries: ['DE'],
    matcher: {
      kind: 'disclosure',
      category: 'gambling',
      accepts: ['kann süchtig machen', 'Suchtrisiken', 'Spielsucht'],
      notice: 'Teilnahme ab 18. Glücksspiel kann süchtig machen. Hilfe unter buwei.de.',
    },
    severity: 'block',
    message: due(
      '“Teilnahme ab 18. Glücksspiel kann süchtig machen.”',
      'the German treaty on gambling asks for age, risk and help in ads',
    ),
    rewrite: { how: 'matcher' },
    source: sources.deGambling,
    validFrom: '2021-07-01',
    passes: [
      passing('Lotto online. Ab 18. Glücksspiel kann süchtig machen.', DE),
      passing('Wetterstation fürs Fenster', DE),
    ],
    fails: [
      failing('Sportwetten mit guten Quoten', 'Sportwetten mit guten Quoten', DE),
      failing('Lotto am Samstag.', 'Lotto am Samstag.', DE),
    ],
  },
  {
    id: 'disclosure.gambling-es',
    platforms: 'all',
    countries: ['ES'],
    matcher: {
      kind: 'disclosure',
      category: 'gambling',
      accepts: ['juega con responsabilidad', 'ludopatía', 'juego seguro', 'juego responsable'],
      notice: 'Juega con responsabilidad. Solo mayores de 18 años.',
    },
    severity: 'block',
    message: due(
      'A message on responsible gambling and “+18”',
      'Real Decreto 958/2020 asks for it in every ad for gambling',
    ),
    rewrite: { how: 'matcher' },
    source: sources.esGambling,
    validFrom: '2020-11-05',
    passes: [passing('Lotería de Navidad. Juega con responsabilidad, +18.', ES), passing('Ruleta de cocina', ES)],
    fails: [
      failing('Apuestas deportivas en vivo', 'Apuestas deportivas en vivo', ES),
      failing('Tragaperras nuevas.', 'Tragaperras nuevas.', ES),
    ],
  },
  {
    id: 'disclosure.gambling-gb',
    platforms: 'all',
    countries: ['GB'],
    matcher: {
      kind: 'disclosure',
      category: 'gambling',
      accepts: [
        'gambleaware',
        'gamble aware',
        'gamcare',
        'gamblingcare',
        'gamble responsibly',
        'when the fun stops stop',
        'over 18',
        'over 18s',
        '18 only',
      ],
      notice: 'Over 18s only. Please gamble responsibly: GambleAware.org',
    },
    severity: 'warn',
    message: due(
      'An age limit (18) and where to find help',
      'operators in the UK are bound to it by the code of advertising and their licences',
    ),
    rewrite: { how: 'matcher' },
    source: sources.gbGambling,
    validFrom: '2020-01-01',
    passes: [passing('Bingo on Friday. Over 18s only. GambleAware.org', GB), passing('Poker face: portraits', GB)],
    fails: [
      failing('Free spins on Friday', 'Free spins on Friday', GB),
      failing('Bet now on the Derby.', 'Bet now on the Derby.', GB),
    ],
  },
  {
    id: 'disclosure.gambling-ie',
    platforms: 'all',
    countries: ['IE'],
    matcher: {
      kind: 'disclosure',
      category: 'gambling',
      accepts: [
        'gambleaware',
        'gamble aware',
        'gamcare',
        'gamblingcare',
        'gamble responsibly',
        'when the fun stops stop',
        'over 18',
        'over 18s',
        '18 only',
      ],
      notice: 'Over 18s only. Please gamble responsibly: gamblingcare.ie',
    },
    severity: 'warn',
    message: due('An age limit (18) and where to find help', 'Irish law on gambling asks ads to warn of the risks'),
    rewrite: { how: 'matcher' },
    source: sources.ieGambling,
    validFrom: '2024-10-23',
    passes: [passing('Bingo on Friday. Over 18s only. gamblingcare.ie', IE), passing('Poker face: portraits', IE)],
    fails: [
      failing('Free spins on Friday', 'Free spins on Friday', IE),
      failing('Bet now on the Derby.', 'Bet now on the Derby.', IE),
    ],
  },
];
