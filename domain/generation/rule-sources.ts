/** What the rules about facts rest on. */
export const ruleSources = {
  misleading: {
    title: 'Directive 2005/29/EC on unfair commercial practices, Articles 6 and 7',
    url: 'https://eur-lex.europa.eu/eli/dir/2005/29/oj',
  },
  substantiation: {
    title: 'FTC Policy Statement Regarding Advertising Substantiation',
    url: 'https://www.ftc.gov/legal-library/browse/ftc-policy-statement-regarding-advertising-substantiation',
  },
  priceReduction: {
    title: 'Directive 98/6/EC on the indication of prices, Article 6a',
    url: 'https://eur-lex.europa.eu/eli/dir/1998/6/2022-05-28',
  },
} as const;
