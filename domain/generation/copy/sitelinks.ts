import type { Voice } from '../../../contracts/schemas/briefs.ts';
import { type Fact, type FactKind, isWritten } from '../fact.ts';
import type { FactSheet } from '../facts.ts';
import type { SitelinkWords } from './language-pack.ts';
import { languagePacks } from './languages.ts';
import { type CopyFormat, lengthIn } from './slots.ts';

/** Where it leads is for whoever knows the site's pages: a link to the landing page itself would be refused. */
export interface Sitelink {
  readonly about: keyof SitelinkWords;
  readonly text: string;
  /** Both, or none: platforms take no single line. */
  readonly lines: readonly [string, string] | null;
  readonly factIds: readonly string[];
}

const kindsOf: Readonly<Record<keyof SitelinkWords, readonly FactKind[]>> = {
  benefits: ['benefit'],
  features: ['feature'],
  offer: ['offer', 'price'],
  proof: ['proof', 'number'],
  contact: [],
};

/** Links beneath the ad for which there is something to say, with two statements that fit the lines as they are. */
export function sitelinks(sheet: FactSheet, voice: Voice, format: CopyFormat): Sitelink[] {
  const { sitelink } = format;
  if (sitelink === null || !isWritten(sheet.language)) return [];
  const words = languagePacks[sheet.language].sitelinks;
  const said = new Set<string>();
  return (Object.keys(kindsOf) as (keyof SitelinkWords)[]).flatMap((about): Sitelink[] => {
    const text = addressed(words[about], voice);
    const facts = sheet.facts.filter((fact) => kindsOf[about].includes(fact.kind) && fact.value === null);
    if (lengthIn(format, text) > sitelink.text || (about !== 'contact' && facts.length === 0)) return [];
    const fitting = facts.filter((fact) => !said.has(fact.id) && lengthIn(format, line(fact)) <= sitelink.line);
    const [first, second] = fitting;
    if (first === undefined || second === undefined) return [{ about, text, lines: null, factIds: [] }];
    said.add(first.id).add(second.id);
    return [{ about, text, lines: [line(first), line(second)] as const, factIds: [first.id, second.id] }];
  });
}

const line = ({ text }: Fact): string => text.replace(/[.!]+$/, '');

/** French is the one of the four whose link texts speak to readers. */
const addressed = (text: string, { formality }: Voice): string =>
  formality === 'informal' ? text.replace(/^Vos /, 'Tes ') : text;
