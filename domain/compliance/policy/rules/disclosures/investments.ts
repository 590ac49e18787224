import type { PolicyRule } from '../../policy-rule.ts';
import { europeanUnion } from '../countries.ts';
import { failing, passing } from '../examples.ts';
import { sources } from '../sources.ts';
import { DE, due, FR, GB } from './notices.ts';

/** Investments and crypto assets: the warnings of risk. */
export const investmentDisclosures: readonly PolicyRule[] = [
  {
    id: 'disclosure.crypto-gb',
    platforms: 'all',
    countries: ['GB'],
    matcher: {
      kind: 'disclosure',
      category: 'crypto',
      accepts: ['don t invest unless you re prepared to lose'],
      notice:
        'Don’t invest unless you’re prepared to lose all the money you invest. This is a high-risk investment and you should not expect to be protected if something goes wrong.',
    },
    severity: 'block',
    message: due(
      '“Don’t invest unless you’re prepared to lose all the money you invest …”',
      'the FCA asks for this risk warning in every ad for crypto',
    ),
    rewrite: { how: 'matcher' },
    source: sources.gbCrypto,
    validFrom: '2023-10-08',
    passes: [
      passing('Bitcoin wallet. Don’t invest unless you’re prepared to lose all the money you invest.', GB),
      passing('Cryptography course', GB),
    ],
    fails: [
      failing('Bitcoin wallet for beginners', 'Bitcoin wallet for beginners', GB),
      failing('Crypto made simple.', 'Crypto made simple.', GB),
    ],
  },
  {
    id: 'disclosure.crypto-eu',
    platforms: 'all',
    countries: europeanUnion,
    matcher: {
      kind: 'disclosure',
      category: 'crypto',
      accepts: [
        'has not been reviewed or approved by any competent authority',
        'von keiner zuständigen Behörde',
        'n a pas été examinée ni approuvée',
        'no ha sido revisada ni aprobada',
        'no ha sido examinada ni aprobada',
      ],
      notice:
        'This crypto-asset marketing communication has not been reviewed or approved by any competent authority in any Member State of the European Union. The offeror of the crypto-asset is solely responsible for its content.',
    },
    severity: 'warn',
    message: due(
      'That no authority has reviewed the communication, and who answers for it',
      'MiCA, Article 7 asks for it where crypto-assets are offered to the public',
    ),
    rewrite: { how: 'matcher' },
    source: sources.mica,
    validFrom: '2024-12-30',
    passes: [
      passing(
        'Bitcoin wallet. This crypto-asset marketing communication has not been reviewed or approved by any competent authority in any Member State of the European Union.',
        { ...FR, countries: ['NL'] },
      ),
      passing('Cryptography course', { ...FR, countries: ['NL'] }),
    ],
    fails: [
      failing('Bitcoin wallet for beginners', 'Bitcoin wallet for beginners', DE),
      failing('Kryptowährungen einfach kaufen.', 'Kryptowährungen einfach kaufen.', DE),
    ],
  },
  {
    id: 'disclosure.investments-gb',
    platforms: 'all',
    countries: ['GB'],
    matcher: {
      kind: 'disclosure',
      category: 'investments',
      accepts: [
        'capital at risk',
        'your capital is at risk',
        'value of investments can fall',
        'can go down as well as up',
        'accounts lose money',
      ],
      notice: 'Capital at risk.',
    },
    severity: 'warn',
    message: due('A note on risk such as “Capital at risk”', 'the FCA asks for a fair view of risks beside benefits'),
    rewrite: { how: 'matcher' },
    source: sources.gbInvestments,
    validFrom: '2018-01-03',
    passes: [passing('Stocks and shares ISA. Capital at risk.', GB), passing('Trading cards for fans', GB)],
    fails: [
      failing('Open a stocks and shares ISA', 'Open a stocks and shares ISA', GB),
      failing('ETFs for beginners.', 'ETFs for beginners.', GB),
    ],
  },
  {
    id: 'disclosure.cfd-eu-gb',
    platforms: 'all',
    countries: [...europeanUnion, 'GB'],
    matcher: {
      kind: 'disclosure',
      category: 'investments',
      accepts: [
        'accounts lose money',
        'retail investor accounts lose',
        'lose money when trading',
        'Kleinanlegerkonten',
        'comptes d investisseurs',
        'cuentas de inversores minoristas',
      ],
      notice: 'CFDs are complex instruments.',
      onlyWith: ['cfd', 'cfds', 'CFD Handel', 'contracts for difference'],
    },
    severity: 'block',
    message:
      'An ad for CFDs must say what share of retail accounts lose money, in your own figure: “74 % of retail investor accounts lose money when trading CFDs”.',
    rewrite: { how: 'by-hand' },
    source: sources.esmaCfd,
    validFrom: '2018-08-01',
    passes: [
      passing('CFDs on gold. 74% of retail investor accounts lose money.', GB),
      passing('Coffee, fairly traded', GB),
    ],
    fails: [
      failing('Trade CFDs on gold', 'Trade CFDs on gold', GB),
      failing('CFD Handel ab 10 Euro', 'CFD Handel ab 10 Euro', DE),
    ],
  },
];
