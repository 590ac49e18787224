/** LinkedIn's geo ids of countries, by ISO 3166-1 code. */
const geoIds: Readonly<Record<string, string>> = {
  AT: '103883259',
  AU: '101452733',
  BE: '100565514',
  BR: '106057199',
  CA: '101174742',
  CH: '106693272',
  CZ: '104508036',
  DE: '101282230',
  DK: '104514075',
  ES: '105646813',
  FI: '100456013',
  FR: '105015875',
  GB: '101165590',
  IE: '104738515',
  IN: '102713980',
  IT: '103350119',
  JP: '101355337',
  MX: '103323778',
  NL: '102890719',
  NO: '103819153',
  PL: '105072130',
  PT: '100364837',
  SE: '105117694',
  SG: '102454443',
  US: '103644278',
};

/** Members whose country LinkedIn does not know are its geo 0. */
export function geoUrn(country: string): string {
  return `urn:li:geo:${geoIds[country] ?? '0'}`;
}

const countriesByGeo = new Map(Object.entries(geoIds).map(([country, id]) => [`urn:li:geo:${id}`, country]));

/** `undefined` for a place that is no country the market has people in. */
export function countryOfGeo(urn: string): string | undefined {
  return countriesByGeo.get(urn);
}
