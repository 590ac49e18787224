import type { PolicyRule } from '../../policy-rule.ts';
import { failing, passing } from '../examples.ts';
import { sources } from '../sources.ts';
import { due, FR, GB, IE } from './notices.ts';

/** Alcohol: what ads for it have to say and may not. */
export const alcoholDisclosures: readonly PolicyRule[] = [
  {
    id: 'disclosure.alcohol-fr',
    platforms: 'all',
    countries: ['FR'],
    matcher: {
      kind: 'disclosure',
      category: 'alcohol',
      accepts: ['abus d alcool est dangereux pour la santé'],
      notice: 'L’abus d’alcool est dangereux pour la santé.',
    },
    severity: 'block',
    message: due(
      '“L’abus d’alcool est dangereux pour la santé”',
      'French law (loi Évin) asks for it in every ad for alcohol',
    ),
    rewrite: { how: 'matcher' },
    source: sources.frAlcohol,
    validFrom: '1991-01-12',
    passes: [
      passing('Vins de Loire. L’abus d’alcool est dangereux pour la santé, à consommer avec modération.', FR),
      passing('Vinaigre de cidre', FR),
    ],
    fails: [
      failing('Vins de Loire en direct du domaine', 'Vins de Loire en direct du domaine', FR),
      failing('Six bières artisanales.', 'Six bières artisanales.', FR),
    ],
  },
  {
    id: 'alcohol.fr-mood',
    platforms: 'all',
    countries: ['FR'],
    matcher: {
      kind: 'phrases',
      any: [
        'fête',
        'faites la fête',
        'soirée~',
        'entre amis',
        'convivial~',
        'séduction',
        'plaisir~',
        'détente',
        'détendez vous',
        'évasion',
        'réussite',
        'sportif~',
        'ivresse',
        'party',
        'fun',
      ],
      needs: [
        'vin',
        'vins',
        'bière~',
        'champagne',
        'rhum~',
        'whisky',
        'vodka~',
        'gin',
        'pastis',
        'crémant~',
        'spiritueux',
        'cocktail~',
        'apéritif~ alcoolisé~',
        'wine~',
        'beer~',
      ],
      except: ['fête des pères', 'fête des mères'],
    },
    severity: 'warn',
    message:
      '“{match}”: in France an ad for alcohol may name origin, grape, strength, taste and price, but no mood, party or success. Describe the product.',
    rewrite: { how: 'by-hand' },
    source: sources.frAlcohol,
    validFrom: '1991-01-12',
    passes: [
      passing('Crémant de Loire, robe dorée, notes de poire', FR),
      passing('Jeux pour une soirée en famille', FR),
    ],
    fails: [failing('Un rhum pour vos soirées', 'soirées', FR), failing('La bière entre amis', 'entre amis', FR)],
  },
  {
    id: 'disclosure.alcohol-gb-ie',
    platforms: 'all',
    countries: ['GB', 'IE'],
    matcher: {
      kind: 'disclosure',
      category: 'alcohol',
      accepts: ['drinkaware', 'drink responsibly', 'enjoy responsibly', 'please drink responsibly'],
      notice: 'Please drink responsibly.',
    },
    severity: 'info',
    message:
      'Drinks firms in the UK and Ireland commit to “Please drink responsibly” or drinkaware in their ads. The law does not ask for it; readers expect it.',
    rewrite: { how: 'matcher' },
    source: sources.gbAlcohol,
    validFrom: '2020-01-01',
    passes: [passing('Craft beer by post. Please drink responsibly.', GB), passing('Ginger beer by post', GB)],
    fails: [failing('Craft beer by post', 'Craft beer by post', GB), failing('Gin from Cork', 'Gin from Cork', IE)],
  },
];
