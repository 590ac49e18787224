import type { PolicyRule } from '../../policy-rule.ts';
import { failing, passing } from '../examples.ts';
import { sources } from '../sources.ts';
import { AT, CH, DE, due, ES, FR } from './notices.ts';

/** Medicines: the notice that sends readers to leaflet and pharmacist. */
export const medicineDisclosures: readonly PolicyRule[] = [
  {
    id: 'disclosure.medicines-de',
    platforms: 'all',
    countries: ['DE'],
    matcher: {
      kind: 'disclosure',
      category: 'medicines',
      accepts: ['zu Risiken und Nebenwirkungen'],
      notice:
        'Zu Risiken und Nebenwirkungen lesen Sie die Packungsbeilage und fragen Sie Ihre Ärztin, Ihren Arzt oder in Ihrer Apotheke.',
    },
    severity: 'block',
    message: due(
      '“Zu Risiken und Nebenwirkungen lesen Sie die Packungsbeilage …”',
      '§ 4 Heilmittelwerbegesetz asks for it in ads for medicines to the public',
    ),
    rewrite: { how: 'matcher' },
    source: sources.deMedicines,
    validFrom: '2023-12-27',
    passes: [
      passing(
        'Schmerztabletten. Zu Risiken und Nebenwirkungen lesen Sie die Packungsbeilage und fragen Sie Ihre Ärztin, Ihren Arzt oder in Ihrer Apotheke.',
        DE,
      ),
      passing('Medikamentenbox für die Woche', DE),
    ],
    fails: [
      failing('Schmerztabletten schnell geliefert', 'Schmerztabletten schnell geliefert', DE),
      failing('Nasenspray für die Nacht.', 'Nasenspray für die Nacht.', DE),
    ],
  },
  {
    id: 'disclosure.medicines-at',
    platforms: 'all',
    countries: ['AT'],
    matcher: {
      kind: 'disclosure',
      category: 'medicines',
      accepts: ['unerwünschte Wirkungen', 'Gebrauchsinformation Arzt oder Apotheker'],
      notice: 'Über Wirkung und mögliche unerwünschte Wirkungen informieren Gebrauchsinformation, Arzt oder Apotheker.',
    },
    severity: 'block',
    message: due(
      '“Über Wirkung und mögliche unerwünschte Wirkungen informieren Gebrauchsinformation, Arzt oder Apotheker”',
      'the Austrian Arzneimittelgesetz asks ads for medicines to the public to say that they can have unwanted effects',
    ),
    rewrite: { how: 'matcher' },
    source: sources.atMedicines,
    validFrom: '2020-01-01',
    passes: [
      passing(
        'Schmerztabletten. Über Wirkung und mögliche unerwünschte Wirkungen informieren Gebrauchsinformation, Arzt oder Apotheker.',
        AT,
      ),
      passing('Medikamentenbox für die Woche', AT),
    ],
    fails: [
      failing('Schmerztabletten schnell geliefert', 'Schmerztabletten schnell geliefert', AT),
      failing('Nasenspray für die Nacht.', 'Nasenspray für die Nacht.', AT),
    ],
  },
  {
    id: 'disclosure.medicines-ch',
    platforms: 'all',
    countries: ['CH'],
    matcher: {
      kind: 'disclosure',
      category: 'medicines',
      accepts: [
        'dies ist ein zugelassenes Arzneimittel',
        'ceci est un médicament autorisé',
        'questo è un medicamento omologato',
      ],
      notice: 'Dies ist ein zugelassenes Arzneimittel. Lesen Sie die Packungsbeilage.',
      noticeIn: { fr: 'Ceci est un médicament autorisé. Lisez la notice d’emballage.' },
    },
    severity: 'block',
    message: due(
      '“Dies ist ein zugelassenes Arzneimittel. Lesen Sie die Packungsbeilage.”',
      'article 16 of the Swiss ordinance on advertising for medicines asks for it',
    ),
    rewrite: { how: 'matcher' },
    source: sources.chMedicines,
    validFrom: '2020-01-01',
    passes: [
      passing('Schmerztabletten. Dies ist ein zugelassenes Arzneimittel. Lesen Sie die Packungsbeilage.', CH),
      passing('Antidouleurs. Ceci est un médicament autorisé. Lisez la notice d’emballage.', CH),
      passing('Medikamentenbox für die Woche', CH),
    ],
    fails: [
      failing('Schmerztabletten schnell geliefert', 'Schmerztabletten schnell geliefert', CH),
      failing('Spray nasal pour la nuit.', 'Spray nasal pour la nuit.', { ...CH, language: 'fr' }),
    ],
  },
  {
    id: 'disclosure.medicines-fr',
    platforms: 'all',
    countries: ['FR'],
    matcher: {
      kind: 'disclosure',
      category: 'medicines',
      accepts: [
        'ceci est un médicament',
        'demandez conseil à votre pharmacien',
        'demander conseil à un pharmacien',
        'lisez attentivement la notice',
        'lire attentivement la notice',
      ],
      notice: 'Ceci est un médicament. Demandez conseil à votre pharmacien. Lisez attentivement la notice.',
    },
    severity: 'block',
    message: due(
      '“Ceci est un médicament …”',
      'the French public health code asks for it in ads for medicines to the public, which need a visa too',
    ),
    rewrite: { how: 'matcher' },
    source: sources.frMedicines,
    validFrom: '2004-08-08',
    passes: [
      passing('Spray nasal. Ceci est un médicament, demandez conseil à votre pharmacien.', FR),
      passing('Boîte à médicaments en bois', FR),
    ],
    fails: [
      failing('Antidouleurs livrés chez vous', 'Antidouleurs livrés chez vous', FR),
      failing('Du paracétamol en stock.', 'Du paracétamol en stock.', FR),
    ],
  },
  {
    id: 'disclosure.medicines-es',
    platforms: 'all',
    countries: ['ES'],
    matcher: {
      kind: 'disclosure',
      category: 'medicines',
      accepts: ['lea las instrucciones de este medicamento', 'consulte al farmacéutico'],
      notice: 'Lea las instrucciones de este medicamento y consulte al farmacéutico.',
    },
    severity: 'block',
    message: due(
      '“Lea las instrucciones de este medicamento y consulte al farmacéutico”',
      'Real Decreto 1416/1994 asks for it in ads for medicines to the public',
    ),
    rewrite: { how: 'matcher' },
    source: sources.esMedicines,
    validFrom: '1994-07-30',
    passes: [
      passing('Ibuprofeno. Lea las instrucciones de este medicamento y consulte al farmacéutico.', ES),
      passing('Jarabe de arce', ES),
    ],
    fails: [
      failing('Ibuprofeno a domicilio', 'Ibuprofeno a domicilio', ES),
      failing('Jarabe para la tos.', 'Jarabe para la tos.', ES),
    ],
  },
];
