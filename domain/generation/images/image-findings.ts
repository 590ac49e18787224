import type { Finding } from '../finding.ts';

const sources = {
  text: {
    title: 'WCAG 2.2, success criterion 1.4.3: contrast of text',
    url: 'https://www.w3.org/TR/WCAG22/#contrast-minimum',
  },
  marking: {
    title: 'Regulation (EU) 2024/1689 on artificial intelligence, Article 50',
    url: 'https://eur-lex.europa.eu/eli/reg/2024/1689/oj',
  },
  quality: {
    title: 'Google Ads Help: About ad image requirements',
    url: 'https://support.google.com/adspolicy/answer/10347108',
  },
} as const;

/** What is wrong with a picture, or had to be left out of it. Holds on every platform. */
export const imageFinding = (
  ruleId: string,
  severity: Finding['severity'],
  field: string,
  text: string,
  message: string,
  source: keyof typeof sources = 'quality',
): Finding => ({
  ruleId,
  platform: null,
  country: null,
  field,
  span: { start: 0, end: text.length },
  severity,
  message,
  source: sources[source],
  fix: null,
});
