import type { PolicyRule } from '../../policy-rule.ts';
import { europeanUnion } from '../countries.ts';
import { failing, passing } from '../examples.ts';
import { sources } from '../sources.ts';
import { DE, due, FR } from './notices.ts';

/** Food, cars and generated pictures: notices that other law asks for. */
export const otherDisclosures: readonly PolicyRule[] = [
  {
    id: 'disclosure.food-fr',
    platforms: 'all',
    countries: ['FR'],
    matcher: {
      kind: 'disclosure',
      category: 'food',
      accepts: ['mangerbouger', 'pour votre santé'],
      notice: 'Pour votre santé, mangez au moins cinq fruits et légumes par jour. www.mangerbouger.fr',
      declaredOnly: true,
    },
    severity: 'block',
    message: due(
      '“Pour votre santé …” with www.mangerbouger.fr',
      'French law asks for it in ads for processed food and sweetened drinks',
    ),
    rewrite: { how: 'matcher' },
    source: sources.frFood,
    validFrom: '2007-03-01',
    passes: [
      passing('Biscuits au beurre. Pour votre santé, évitez de grignoter entre les repas. www.mangerbouger.fr', {
        ...FR,
        category: 'food',
      }),
      passing('Biscuits de Limoges en porcelaine', FR),
    ],
    fails: [
      failing('Biscuits au beurre salé', 'Biscuits au beurre salé', { ...FR, category: 'food' }),
      failing('Limonade au citron.', 'Limonade au citron.', { ...FR, category: 'food' }),
    ],
  },
  {
    id: 'disclosure.cars-fr',
    platforms: 'all',
    countries: ['FR'],
    matcher: {
      kind: 'disclosure',
      category: 'cars',
      accepts: [
        'SeDéplacerMoinsPolluer',
        'pensez à covoiturer',
        'prenez les transports en commun',
        'privilégiez la marche ou le vélo',
      ],
      notice: 'Pensez à covoiturer. #SeDéplacerMoinsPolluer',
      declaredOnly: true,
    },
    severity: 'block',
    message: due(
      '“Pensez à covoiturer”, or one of its two variants, with #SeDéplacerMoinsPolluer',
      'French law asks for it in ads for motor vehicles',
    ),
    rewrite: { how: 'matcher' },
    source: sources.frCars,
    validFrom: '2022-03-01',
    passes: [
      passing('La citadine hybride. Pensez à covoiturer. #SeDéplacerMoinsPolluer', { ...FR, category: 'cars' }),
      passing('Voitures miniatures en bois', FR),
    ],
    fails: [
      failing('La citadine hybride', 'La citadine hybride', { ...FR, category: 'cars' }),
      failing('Un SUV pour la ville.', 'Un SUV pour la ville.', { ...FR, category: 'cars' }),
    ],
  },
  {
    id: 'disclosure.generated-media-eu',
    platforms: 'all',
    countries: europeanUnion,
    kinds: ['headline', 'long-headline', 'description', 'body', 'introduction', 'name', 'other', 'image'],
    matcher: { kind: 'generated-media' },
    severity: 'info',
    message:
      'If a model made or changed the image or video, it has to carry a machine-readable mark, and what looks real must be called generated (EU AI Act, Article 50). Generated images of this system carry Content Credentials; use the platform’s label for AI content too.',
    rewrite: { how: 'none' },
    source: sources.aiAct,
    validFrom: '2026-08-02',
    passes: [
      passing('Trail shoes', { ...DE, hasMedia: false }),
      passing('Trail shoes', { ...DE, countries: ['US'], hasMedia: true }),
    ],
    fails: [
      failing('Trail shoes', 'Trail shoes', { ...DE, hasMedia: true }),
      failing('Chaussures de trail', 'Chaussures de trail', { ...FR, hasMedia: true }),
    ],
  },
];
