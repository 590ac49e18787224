import type { PolicyRule } from '../../policy-rule.ts';
import { failing, passing } from '../examples.ts';
import { sources } from '../sources.ts';
import { DE, due, ES, FR } from './notices.ts';

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
