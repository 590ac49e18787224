/** Platforms as people call them; one without a line here is shown by its id. */
const names: Readonly<Record<string, string>> = {
  'google-ads': 'Google Ads',
};

export const platformName = (id: string): string => names[id] ?? id;

/** `performance-max` → `Performance Max` */
export const campaignTypeName = (type: string): string =>
  type.replace(/(^|-)(\w)/g, (_, dash: string, letter: string) => `${dash === '' ? '' : ' '}${letter.toUpperCase()}`);
