/** Signs and words for money in English, German, French and Spanish, by ISO 4217; `$` where it may be of several countries. */
const currencies: Readonly<Record<string, string>> = {
  $: '$',
  dollar: '$',
  dollars: '$',
  dólares: '$',
  dolares: '$',
  usd: 'USD',
  cad: 'CAD',
  aud: 'AUD',
  nzd: 'NZD',
  '€': 'EUR',
  eur: 'EUR',
  euro: 'EUR',
  euros: 'EUR',
  '£': 'GBP',
  gbp: 'GBP',
  pound: 'GBP',
  pounds: 'GBP',
  pfund: 'GBP',
  livre: 'GBP',
  livres: 'GBP',
  chf: 'CHF',
  franken: 'CHF',
  mxn: 'MXN',
  mxp: 'MXN',
};

/** The currency that a sign or word means, whatever its case. */
export const currencyOf = (word: string): string | undefined => {
  const small = word.toLowerCase();
  return Object.hasOwn(currencies, small) ? currencies[small] : undefined;
};
