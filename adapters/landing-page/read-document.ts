import { Parser } from 'htmlparser2';
import type { PageBlock, PageDocument } from '../../domain/generation/landing-page/page-document.ts';

/** What nobody sees on a page, or what stands on every page of a site. */
const unseen = new Set([
  'script',
  'style',
  'noscript',
  'template',
  'svg',
  'iframe',
  'object',
  'select',
  'textarea',
  'head',
]);
const around = new Set(['nav', 'footer', 'header', 'aside', 'form', 'dialog']);
const blocks = new Set([
  ...['p', 'div', 'section', 'article', 'main', 'li', 'ul', 'ol', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'td', 'th', 'tr'],
  ...['dt', 'dd', 'blockquote', 'figcaption', 'button', 'br', 'hr', 'summary', 'caption', 'label', 'body'],
]);
const breaks = (name: string): boolean => blocks.has(name) || around.has(name);
const kinds: Readonly<Record<string, PageBlock['kind']>> = { h1: 'title', h2: 'heading', h3: 'heading', li: 'item' };
/** Beyond these a page is read no further: its text is long enough. */
const mostBlocks = 3_000;
const mostBlockLength = 2_000;
/** No page that people made is deeper; the parser's own stack grows slow with it. */
const mostDepth = 1_000;
/** Fed in pieces, so that a page that is too deep is left at once. */
const pieceLength = 16_384;
const mostData = 20;
const mostDataLength = 100_000;

/** The visible text of a page in blocks, and what it says to machines. Any input gives a document; it is read once, in order. */
export function readDocument(html: string): PageDocument {
  const found: { kind: PageBlock['kind']; text: string; aside: boolean }[] = [];
  const meta = new Map<string, string>();
  const data: unknown[] = [];
  let language: string | null = null;
  let title = '';
  let words = '';
  let script: string | undefined;
  let inTitle = false;
  /** How many elements around the text are of a kind; elements that are never closed hide no more than they hold. */
  const open: { readonly name: string; readonly hides: boolean; readonly aside: boolean }[] = [];
  let [hidden, aside] = [0, 0];
  let kind: PageBlock['kind'] = 'text';
  const finish = (): void => {
    const text = words.replace(/\s+/g, ' ').trim().slice(0, mostBlockLength);
    words = '';
    if (text !== '' && found.length < mostBlocks) found.push({ kind, text, aside: aside > 0 });
    kind = 'text';
  };
  const parser = new Parser(
    {
      onopentag(name, given) {
        if (name === 'html') language = (given.lang ?? '').slice(0, 2).toLowerCase() || language;
        if (name === 'title') inTitle = title === '';
        if (name === 'script' && /^application\/ld\+json$/i.test(given.type ?? '')) script = '';
        if (name === 'meta') {
          const key = (given.property ?? given.name ?? '').toLowerCase();
          if (key !== '' && given.content !== undefined && meta.size < 200 && !meta.has(key)) {
            meta.set(key, given.content.slice(0, mostBlockLength));
          }
        }
        if (breaks(name)) {
          finish();
          kind = kinds[name] ?? 'text';
        }
        const hides = unseen.has(name) || isHidden(given);
        open.push({ name, hides, aside: around.has(name) });
        if (hides) hidden += 1;
        if (around.has(name)) aside += 1;
      },
      ontext(text) {
        if (inTitle) title = (title + text).slice(0, mostBlockLength);
        else if (script !== undefined) script = (script + text).slice(0, mostDataLength);
        else if (hidden === 0 && words.length < mostBlockLength) words += text;
      },
      onclosetag(name) {
        if (name === 'title') inTitle = false;
        if (name === 'script' && script !== undefined) {
          if (data.length < mostData) data.push(...jsonOf(script));
          script = undefined;
        }
        if (breaks(name)) finish();
        const last = open.pop();
        if (last?.hides) hidden -= 1;
        if (last?.aside) aside -= 1;
      },
    },
    { decodeEntities: true, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );
  for (let at = 0; at < html.length && open.length < mostDepth && found.length < mostBlocks; at += pieceLength) {
    parser.write(html.slice(at, at + pieceLength));
  }
  parser.end();
  finish();
  return placed(found, { language, title: title.replace(/\s+/g, ' ').trim(), meta, data });
}

const isHidden = (given: Readonly<Record<string, string>>): boolean =>
  given.hidden !== undefined ||
  given['aria-hidden'] === 'true' ||
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])/i.test(
    given.style ?? '',
  );

function jsonOf(text: string): unknown[] {
  try {
    return [JSON.parse(text)];
  } catch {
    // Broken data says nothing; the page itself still does.
    return [];
  }
}

/** One text, with where each block stands in it. */
function placed(
  found: readonly { readonly kind: PageBlock['kind']; readonly text: string; readonly aside: boolean }[],
  rest: Pick<PageDocument, 'language' | 'title' | 'meta' | 'data'>,
): PageDocument {
  let text = '';
  const all: PageBlock[] = [];
  for (const { kind, text: said, aside } of found) {
    all.push({ kind, aside, start: text.length, end: text.length + said.length });
    text += `${said}\n`;
  }
  return { ...rest, text, blocks: all };
}
