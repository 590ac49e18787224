import { type Brief, type SitelinkTopic, sitelinkTopics, type Voice } from '../../../contracts/schemas/briefs.ts';
import { type Fact, type FactKind, isWritten } from '../fact.ts';
import type { FactSheet } from '../facts.ts';
import type { Finding } from '../finding.ts';
import { languagePacks } from './languages.ts';
import { type CopyFormat, lengthIn } from './slots.ts';

export interface Sitelink {
  readonly about: SitelinkTopic;
  readonly text: string;
  /** A page that the brief names; never guessed, and never the landing page itself, which platforms refuse. */
  readonly url: string;
  /** Both, or none: platforms take no single line. */
  readonly lines: readonly [string, string] | null;
  readonly factIds: readonly string[];
}

export interface Sitelinks {
  readonly links: readonly Sitelink[];
  /** Links for which there is something to say and no page to lead to. */
  readonly findings: readonly Finding[];
}

const kindsOf: Readonly<Record<SitelinkTopic, readonly FactKind[]>> = {
  benefits: ['benefit'],
  features: ['feature'],
  offer: ['offer', 'price'],
  proof: ['proof', 'number'],
  contact: [],
};

/** Links beneath the ad to the pages that the brief names, with two statements that fit the lines as they are. */
export function sitelinks(
  { pages = [], landingPageUrl }: Pick<Brief, 'pages' | 'landingPageUrl'>,
  sheet: FactSheet,
  voice: Voice,
  format: CopyFormat,
): Sitelinks {
  const { sitelink } = format;
  if (sitelink === null || !isWritten(sheet.language)) return { links: [], findings: [] };
  const words = languagePacks[sheet.language].sitelinks;
  const said = new Set<string>();
  const links: Sitelink[] = [];
  const findings: Finding[] = [];
  for (const about of sitelinkTopics) {
    const text = addressed(words[about], voice);
    const facts = sheet.facts.filter((fact) => kindsOf[about].includes(fact.kind) && fact.value === null);
    if (lengthIn(format, text) > sitelink.text || (about !== 'contact' && facts.length === 0)) continue;
    const url = pages.find((page) => page.about === about && page.url !== landingPageUrl)?.url;
    if (url === undefined) {
      findings.push(withoutPage(about, text));
      continue;
    }
    const [first, second] = facts.filter((fact) => !said.has(fact.id) && lengthIn(format, line(fact)) <= sitelink.line);
    if (first === undefined || second === undefined) {
      links.push({ about, text, url, lines: null, factIds: [] });
      continue;
    }
    said.add(first.id).add(second.id);
    links.push({ about, text, url, lines: [line(first), line(second)], factIds: [first.id, second.id] });
  }
  return { links, findings };
}

const withoutPage = (about: SitelinkTopic, text: string): Finding => ({
  ruleId: 'brief/sitelink-without-page',
  platform: 'google-ads',
  country: null,
  field: 'pages',
  span: { start: 0, end: 0 },
  severity: 'info',
  message: `No page is known for the link "${text}", so there is none. Name it in the brief’s pages (about ${about}); it must be another than the landing page.`,
  source: { title: 'Google Ads: about sitelink assets', url: 'https://support.google.com/google-ads/answer/2375416' },
  fix: null,
});

const line = ({ text }: Fact): string => text.replace(/[.!]+$/, '');

/** French is the one of the four whose link texts speak to readers. */
const addressed = (text: string, { formality }: Voice): string =>
  formality === 'informal' ? text.replace(/^Vos /, 'Tes ') : text;
