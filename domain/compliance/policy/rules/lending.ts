import type { PolicyRule } from '../policy-rule.ts';
import { failing, passing } from './examples.ts';
import { eachPlatform, sources } from './sources.ts';
import { words } from './words.ts';

/** Products of finance that are refused wherever they are shown. */
export const lendingRules: readonly PolicyRule[] = [
  {
    id: 'credit.payday',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: words(`
        payday loan~, pay day loan~, cash until payday, no credit check, no credit checks, bad credit ok,
        bad credit welcome, loan~ in minutes no questions, Kredit ohne Schufa, ohne Schufa,
        Kredit ohne Bonitätsprüfung, schufafrei*, crédit sans justificatif, prêt sans justificatif,
        sans vérification de solvabilité, crédit sans enquête, préstamo~ sin nómina, préstamo~ con ASNEF, con ASNEF,
        sin comprobar ASNEF, minicrédito~ al instante
      `),
      except: ['no credit check sim', 'rent a car no credit check', 'Handyvertrag ohne Schufa', 'Wohnung ohne Schufa'],
    },
    severity: 'block',
    message:
      '“{match}”: short-term loans and loans without a check of what people can repay are refused by the platforms. Advertise terms of at least 60 days, with the annual rate.',
    rewrite: { how: 'by-hand' },
    source: eachPlatform(sources.googleFinance),
    validFrom: '2016-07-13',
    passes: [passing('Car loans from 24 months'), passing('Schufa-Auskunft verstehen')],
    fails: [
      failing('Payday loans tonight', 'Payday loans'),
      failing('Kredit ohne Schufa', 'Kredit ohne Schufa'),
      failing('Préstamos con ASNEF', 'Préstamos con ASNEF'),
    ],
  },
  {
    id: 'investments.binary-options',
    platforms: 'all',
    countries: 'all',
    matcher: {
      kind: 'phrases',
      any: ['binary option~', 'binäre Optionen', 'binäre Option', 'options binaires', 'opciones binarias'],
      except: ['binary options parser'],
    },
    severity: 'block',
    message:
      '“{match}”: binary options are forbidden to be sold to private people in the EU and UK, and no platform shows them.',
    rewrite: { how: 'none' },
    source: eachPlatform(sources.googleFinance),
    validFrom: '2018-07-02',
    passes: [passing('Two options: road or trail'), passing('Binary search, explained')],
    fails: [failing('Trade binary options', 'binary options'), failing('Options binaires dès 10', 'Options binaires')],
  },
];
