import { Parser } from 'htmlparser2';
import type { PagePart, PageParts, PartElement } from '../../domain/generation/landing-page/page-document.ts';

/** What nobody sees, or what is no text. */
const unseen = new Set(
  'script style noscript template svg math iframe object canvas audio video select textarea datalist'.split(' '),
);
const asides = new Set('nav footer form aside menu dialog'.split(' '));
const inline = new Set(
  'a abbr b bdi bdo cite code data del dfn em font i ins kbd mark q s samp small span strong sub sup time u var wbr'.split(
    ' ',
  ),
);
const elements: Readonly<Record<string, PartElement>> = {
  h1: 'heading',
  h2: 'subheading',
  h3: 'subheading',
  li: 'list-item',
};
/** Pages of people are some dozens deep; the parser's own work grows with the depth, so a deeper one is read no further. */
const deepest = 1_000;
const mostParts = 4_000;
/** UTF-16 units of text that are kept. */
const longestText = 300_000;
const longestPart = 4_000;

interface Open {
  readonly name: string;
  readonly hidden: boolean;
  readonly aside: boolean;
  readonly element: PartElement;
}

/** Reads HTML of anybody, however broken, within bounds. Nothing in it is run or fetched. */
export function readHtml(html: string): PageParts {
  const blocks: PagePart[] = [];
  const meta: Record<string, string> = {};
  const jsonLd: string[] = [];
  const stack: Open[] = [];
  let language: string | null = null;
  let title = '';
  let kept = 0;
  let asksPassword = false;
  let collecting: string[] = [];
  let script: string[] | null = null;
  const top = (): Open => stack.at(-1) ?? { name: '', hidden: false, aside: false, element: 'text' };

  const flush = (): void => {
    const text = clean(collecting.join(''));
    collecting = [];
    if (text === '' || blocks.length >= mostParts || kept + text.length > longestText) return;
    const { element, aside } = top();
    kept += text.length;
    blocks.push({ element, aside, text });
  };

  const parser = new Parser(
    {
      onopentag(name, attributes) {
        if (!inline.has(name)) flush();
        const outer = top();
        stack.push({
          name,
          hidden: outer.hidden || unseen.has(name) || isHidden(attributes),
          aside: outer.aside || asides.has(name),
          element: elements[name] ?? (name === 'div' || name === 'section' ? 'text' : outer.element),
        });
        if (stack.length > deepest) parser.pause();
        if (name === 'html')
          language = /^([a-z]{2})(?:[-_]|$)/i.exec(attributes['lang'] ?? '')?.[1]?.toLowerCase() ?? null;
        if (name === 'input' && attributes['type']?.toLowerCase() === 'password') asksPassword = true;
        if (name === 'script' && attributes['type']?.toLowerCase().trim() === 'application/ld+json') script = [];
        if (name === 'meta') {
          const key = (attributes['property'] ?? attributes['name'] ?? '').toLowerCase();
          if (/^(?:description|og:[a-z_:]{1,40})$/.test(key)) {
            meta[key] ??= clean((attributes['content'] ?? '').slice(0, longestPart)).slice(0, 600);
          }
        }
      },
      ontext(text) {
        const { name, hidden } = top();
        if (script !== null) script.push(text);
        else if (name === 'title' && title.length < 600) title += text;
        else if (!hidden && name !== 'title') collecting.push(text);
      },
      onclosetag(name) {
        if (name === 'script' && script !== null) {
          jsonLd.push(script.join(''));
          script = null;
        }
        if (!inline.has(name)) flush();
        stack.pop();
      },
    },
    { decodeEntities: true },
  );
  parser.write(html);
  if (stack.length <= deepest) parser.end();
  flush();
  const named = clean(title).slice(0, 300);
  return { blocks, language, title: named === '' ? null : named, meta, jsonLd, asksPassword };
}

const isHidden = (attributes: Readonly<Record<string, string>>): boolean =>
  Object.hasOwn(attributes, 'hidden') ||
  attributes['aria-hidden'] === 'true' ||
  /display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])/i.test(
    (attributes['style'] ?? '').slice(0, 1_000),
  );

/** One line without what a screen does not show: control characters, zero-width ones and direction marks. */
const clean = (text: string): string =>
  text
    .slice(0, longestPart * 4)
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffd]/gu, '')
    .trim()
    .slice(0, longestPart)
    .toWellFormed();
