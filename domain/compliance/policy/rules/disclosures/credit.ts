import type { PolicyRule } from '../../policy-rule.ts';
import { failing, passing } from '../examples.ts';
import { sources } from '../sources.ts';
import { AT, CH, DE, due, ES, FR, GB, IE } from './notices.ts';

/** Words that speak of what credit costs; where one stands, the example or the rate is due. */
const costOfCredit = [
  'apr',
  'interest',
  'interest free',
  'rate',
  'rates',
  'per month',
  'a month',
  'monthly',
  'repayment~',
  'low rate',
  'Zins',
  'Zinsen',
  'Zinssatz',
  'Sollzins',
  'zinsfrei',
  'Monatsrate~',
  'monatlich',
  'im Monat',
  'pro Monat',
  'effektiv',
  'taux',
  'par mois',
  'mensualité~',
  'sans intérêt~',
  'tipo de interés',
  'interés',
  'intereses',
  'al mes',
  'cuota~',
];

/** Consumer credit: the warning, the example and the rate. */
export const creditDisclosures: readonly PolicyRule[] = [
  {
    id: 'disclosure.credit-gb',
    platforms: 'all',
    countries: ['GB'],
    matcher: {
      kind: 'disclosure',
      category: 'credit',
      accepts: ['representative apr', 'apr representative', 'representative example', 'representative'],
      notice: 'Representative example: see page for the representative APR.',
      onlyWith: costOfCredit,
    },
    severity: 'block',
    message:
      'An ad in the UK that names an interest rate or the cost of credit must show the representative APR and a representative example. Add your own figures: “Representative 9.9% APR”.',
    rewrite: { how: 'by-hand' },
    source: sources.gbCredit,
    validFrom: '2014-04-01',
    passes: [passing('Personal loans at 6.9% APR representative', GB), passing('Personal loans from a UK bank', GB)],
    fails: [
      failing('Personal loans at a low interest rate', 'Personal loans at a low interest rate', GB),
      failing('Car loans for £99 a month', 'Car loans for £99 a month', GB),
    ],
  },
  {
    id: 'disclosure.credit-ie',
    platforms: 'all',
    countries: ['IE'],
    matcher: {
      kind: 'disclosure',
      category: 'credit',
      accepts: ['warning if you do not meet the repayments', 'if you do not meet the repayments'],
      notice: 'Warning: If you do not meet the repayments on your credit agreement, your account will go into arrears.',
    },
    severity: 'block',
    message: due(
      'The warning on missed repayments',
      'the Irish Consumer Protection Code asks for it in ads for credit',
    ),
    rewrite: { how: 'matcher' },
    source: sources.ieCredit,
    validFrom: '2012-01-01',
    passes: [
      passing(
        'Loans from our union. Warning: If you do not meet the repayments on your credit agreement, your account will go into arrears.',
        IE,
      ),
      passing('Library books on loan', IE),
    ],
    fails: [
      failing('Personal loans from our union', 'Personal loans from our union', IE),
      failing('Car loans in Cork.', 'Car loans in Cork.', IE),
    ],
  },
  {
    id: 'disclosure.credit-fr',
    platforms: 'all',
    countries: ['FR'],
    matcher: {
      kind: 'disclosure',
      category: 'credit',
      accepts: ['un crédit vous engage'],
      notice:
        'Un crédit vous engage et doit être remboursé. Vérifiez vos capacités de remboursement avant de vous engager.',
    },
    severity: 'block',
    message: due(
      '“Un crédit vous engage et doit être remboursé …”',
      'the French consumer code (L312-5) asks for it in every ad for credit',
    ),
    rewrite: { how: 'matcher' },
    source: sources.frCredit,
    validFrom: '2010-09-01',
    passes: [
      passing(
        'Prêt personnel. Un crédit vous engage et doit être remboursé. Vérifiez vos capacités de remboursement avant de vous engager.',
        FR,
      ),
      passing('Empruntez des livres', FR),
    ],
    fails: [
      failing('Prêt personnel en ligne', 'Prêt personnel en ligne', FR),
      failing('Le crédit auto simple.', 'Le crédit auto simple.', FR),
    ],
  },
  {
    id: 'disclosure.credit-de',
    platforms: 'all',
    countries: ['DE'],
    matcher: {
      kind: 'disclosure',
      category: 'credit',
      accepts: ['effektiver Jahreszins', 'eff Jahreszins', 'repräsentatives Beispiel', 'effektiv~ Jahreszins*'],
      notice: 'Repräsentatives Beispiel auf der Seite.',
      onlyWith: costOfCredit,
    },
    severity: 'warn',
    message:
      'Wer in Deutschland mit Zinsen oder Raten wirbt (an ad that names interest or instalments), must show the effective annual rate and a representative example (§ 17 PAngV). Add your own figures: “4,99 % effektiver Jahreszins”.',
    rewrite: { how: 'by-hand' },
    source: sources.deCredit,
    validFrom: '2022-05-28',
    passes: [passing('Ratenkredit, 4,99 % effektiver Jahreszins', DE), passing('Ratenkredit von der Hausbank', DE)],
    fails: [
      failing('Ratenkredit mit niedrigem Zinssatz', 'Ratenkredit mit niedrigem Zinssatz', DE),
      failing('Autokredit ab 99 Euro im Monat', 'Autokredit ab 99 Euro im Monat', DE),
    ],
  },
  {
    id: 'disclosure.credit-at',
    platforms: 'all',
    countries: ['AT'],
    matcher: {
      kind: 'disclosure',
      category: 'credit',
      accepts: ['effektiver Jahreszins', 'eff Jahreszins', 'repräsentatives Beispiel', 'effektiv~ Jahreszins*'],
      notice: 'Repräsentatives Beispiel auf der Seite.',
      onlyWith: costOfCredit,
    },
    severity: 'warn',
    message:
      'An ad in Austria that names interest or the cost of credit must show the effective annual rate and a representative example (§ 5 VKrG, § 6 HIKrG). Add your own figures: “4,99 % effektiver Jahreszins”.',
    rewrite: { how: 'by-hand' },
    source: sources.atCredit,
    validFrom: '2020-01-01',
    passes: [passing('Ratenkredit, 4,99 % effektiver Jahreszins', AT), passing('Ratenkredit von der Hausbank', AT)],
    fails: [
      failing('Ratenkredit mit niedrigem Zinssatz', 'Ratenkredit mit niedrigem Zinssatz', AT),
      failing('Autokredit ab 99 Euro im Monat', 'Autokredit ab 99 Euro im Monat', AT),
    ],
  },
  {
    id: 'disclosure.credit-ch',
    platforms: 'all',
    countries: ['CH'],
    matcher: {
      kind: 'disclosure',
      category: 'credit',
      accepts: [
        'Kreditvergabe ist verboten',
        'Kreditvergabe verboten',
        'interdit d octroyer un crédit',
        'octroi d un crédit est interdit',
        'concessione di un credito è vietata',
      ],
      notice: 'Die Kreditvergabe ist verboten, falls sie zur Überschuldung führt (Art. 3 UWG).',
      noticeIn: { fr: 'Il est interdit d’octroyer un crédit s’il occasionne un surendettement (art. 3 LCD).' },
    },
    // Mortgages are no consumer credit and need no such notice: the words of an ad do not always tell them apart.
    severity: 'warn',
    message: due(
      '“Die Kreditvergabe ist verboten, falls sie zur Überschuldung führt”',
      'article 3 of the Swiss law against unfair competition asks for it in ads for consumer credit',
    ),
    rewrite: { how: 'matcher' },
    source: sources.chCredit,
    validFrom: '2020-01-01',
    passes: [
      passing('Privatkredit. Kreditvergabe ist verboten, falls sie zur Überschuldung führt (Art. 3 UWG).', CH),
      passing('Crédit auto. Il est interdit d’octroyer un crédit s’il occasionne un surendettement.', CH),
    ],
    fails: [
      failing('Privatkredit in zwei Tagen', 'Privatkredit in zwei Tagen', CH),
      failing('Crédit auto simple.', 'Crédit auto simple.', { ...CH, language: 'fr' }),
    ],
  },
  {
    id: 'disclosure.credit-es',
    platforms: 'all',
    countries: ['ES'],
    matcher: {
      kind: 'disclosure',
      category: 'credit',
      accepts: ['tae', 'ejemplo representativo'],
      notice: 'Ejemplo representativo en la página.',
      onlyWith: costOfCredit,
    },
    severity: 'warn',
    message:
      'An ad in Spain that names the cost of credit must show the TAE and a representative example (Ley 16/2011). Add your own figures: “TAE 6,9 %”.',
    rewrite: { how: 'by-hand' },
    source: sources.esCredit,
    validFrom: '2011-09-25',
    passes: [passing('Préstamo personal, TAE 6,9 %', ES), passing('Préstamo personal sin papeleo', ES)],
    fails: [
      failing('Préstamo con bajo interés', 'Préstamo con bajo interés', ES),
      failing('Hipoteca por 300 euros al mes', 'Hipoteca por 300 euros al mes', ES),
    ],
  },
];
