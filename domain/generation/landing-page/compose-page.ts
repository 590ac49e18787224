import type { PageDocument, PageLine, PageParts } from './page-document.ts';
import { structuredData } from './structured-data.ts';

/** Lays the parts of a page out as the one text that is stored, so that whatever is said of it can be quoted by offsets. */
export function composePage({ blocks, language, title, meta, jsonLd, asksPassword }: PageParts): PageDocument {
  const lines: PageLine[] = [];
  let text = '';
  const add = (line: string, rest: Pick<PageLine, 'element' | 'aside' | 'property'>): void => {
    if (line === '') return;
    const start = text.length;
    text += `${line}\n`;
    lines.push({ ...rest, start, end: start + line.length });
  };
  for (const block of blocks) add(block.text, { element: block.element, aside: block.aside, property: null });
  const visibleEnd = text.length;
  const unseen = { aside: false, property: null };
  add(title ?? meta['og:title'] ?? '', { ...unseen, element: 'title' });
  add(meta['description'] ?? meta['og:description'] ?? '', { ...unseen, element: 'description' });
  for (const { property, text: value } of structuredData(jsonLd)) {
    add(value, { element: 'data', aside: false, property });
  }
  return { text, visibleEnd, lines, language, asksPassword };
}
