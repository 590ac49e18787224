import { createHash } from 'node:crypto';
import { readHtml } from '../../../adapters/pages/html-parts.ts';
import type { ReadPage } from '../../../adapters/pages/page-reader.ts';
import { composePage } from '../../../domain/generation/landing-page/compose-page.ts';
import { draftBrief, type PageDraft } from '../../../domain/generation/landing-page/draft-brief.ts';
import { type PageFact, readPageFacts } from '../../../domain/generation/landing-page/read-page-facts.ts';

export interface LandingPagePorts {
  readonly readPage: ReadPage;
  /** Keeps the text that facts quote, once per content. */
  readonly keepText: (page: { readonly sha256: string; readonly text: string }) => Promise<void>;
}

export type LandingPageReading =
  | { readonly kind: 'failed'; readonly httpStatus: number | null; readonly reason: string }
  | {
      readonly kind: 'ready';
      readonly httpStatus: number;
      readonly finalUrl: string;
      readonly language: string | null;
      readonly title: string | null;
      /** Of the kept text, hex. */
      readonly sha256: string;
      readonly facts: readonly PageFact[];
      readonly draft: PageDraft;
      /** What the check of policies compares ads with: what people see of the page. */
      readonly destination: {
        readonly url: string;
        readonly status: number;
        readonly https: boolean;
        readonly text: string;
      };
    };

/** Reads a landing page and says what it says; a page without a word for people is told as such. */
export function readLandingPage({ readPage, keepText }: LandingPagePorts) {
  return async (url: string): Promise<LandingPageReading> => {
    const page = await readPage(url);
    if (page.kind === 'failed') return { kind: 'failed', httpStatus: page.status, reason: page.reason };
    const parts = readHtml(page.html);
    const document = composePage(parts);
    const facts = readPageFacts(document);
    const failed = (reason: string): LandingPageReading => ({ kind: 'failed', httpStatus: page.status, reason });
    if (document.asksPassword && facts.length < 3)
      return failed('the page asks for a sign-in before it shows anything');
    if (document.visibleEnd === 0 && facts.length === 0) {
      return failed('the page shows no text without running its scripts; fill the brief in by hand');
    }
    const sha256 = createHash('sha256').update(document.text).digest('hex');
    await keepText({ sha256, text: document.text });
    return {
      ...{ kind: 'ready', httpStatus: page.status, finalUrl: page.url, language: document.language },
      ...{ title: parts.title, sha256, facts, draft: draftBrief(url, document, facts) },
      destination: {
        url: page.url,
        status: page.status,
        https: page.url.startsWith('https:'),
        text: document.text.slice(0, document.visibleEnd),
      },
    };
  };
}
