import { unreadable } from './unreadable-file.ts';

export type XmlEvent =
  | { readonly kind: 'open'; readonly name: string; readonly attributes: Readonly<Record<string, string>> }
  | { readonly kind: 'close'; readonly name: string }
  | { readonly kind: 'text'; readonly text: string };

/** One tag or one run of text may be no longer. */
const longestToken = 4 * 1024 * 1024;
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

const unescaped = (text: string): string =>
  text.includes('&')
    ? text.replaceAll(/&(?:#x([\da-f]{1,6})|#(\d{1,7})|(\w{1,10}));/gi, (whole, hex, number, name) => {
        if (name !== undefined) return entities[name] ?? whole;
        const point = hex === undefined ? Number(number) : Number.parseInt(hex, 16);
        return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd';
      })
    : text;

/** Attributes of a tag from where its name ends. A workbook has millions of them: no expression is matched for each. */
function attributesOf(tag: string, from: number): Readonly<Record<string, string>> {
  const attributes: Record<string, string> = {};
  let at = from;
  for (;;) {
    const equals = tag.indexOf('=', at);
    if (equals === -1) return attributes;
    const double = tag.indexOf('"', equals);
    const single = tag.indexOf("'", equals);
    const start = double === -1 || (single !== -1 && single < double) ? single : double;
    const end = start === -1 ? -1 : tag.indexOf(tag[start] as string, start + 1);
    if (end === -1) return attributes;
    attributes[local(tag.slice(at, equals).trim())] = unescaped(tag.slice(start + 1, end));
    at = end + 1;
  }
}

/** Namespaces differ between writers (`x:row`); the parts of a workbook have one name each. */
const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** XML as it comes, a page of events a piece, with nothing held but the token under way. Document types are refused: entities could be defined there. */
export async function* xmlEvents(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<XmlEvent[]> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let rest = '';
  const text = (piece?: Uint8Array): string => {
    try {
      return piece === undefined ? decoder.decode() : decoder.decode(piece, { stream: true });
    } catch (error) {
      throw unreadable('The workbook is damaged: a part of it is no UTF-8.', error);
    }
  };
  for await (const piece of pieces) {
    rest += text(piece);
    const events: XmlEvent[] = [];
    rest = rest.slice(take(rest, events));
    if (rest.length > longestToken) throw unreadable('The workbook is damaged: a tag or a text in it does not end.');
    if (events.length > 0) yield events;
  }
  if ((rest + text()).trim() !== '') throw unreadable('The workbook is damaged: a part of it ends in the middle.');
}

/** Takes every whole token; answers how far it came. */
function take(source: string, events: XmlEvent[]): number {
  let at = 0;
  while (at < source.length) {
    const open = source.indexOf('<', at);
    if (open === -1) return at;
    if (open > at) events.push({ kind: 'text', text: unescaped(source.slice(at, open)) });
    const next = source[open + 1];
    if (next === '!') {
      const end = skipped(source, open, events);
      if (end === -1) return open;
      at = end;
      continue;
    }
    const close = source.indexOf('>', open + 1);
    if (close === -1) return open;
    at = close + 1;
    if (next === '?') continue;
    if (next === '/') {
      events.push({ kind: 'close', name: local(source.slice(open + 2, close).trim()) });
      continue;
    }
    const empty = source[close - 1] === '/';
    const tag = source.slice(open + 1, empty ? close - 1 : close);
    const blank = tag.search(/\s/);
    const name = local(blank === -1 ? tag : tag.slice(0, blank));
    events.push({ kind: 'open', name, attributes: blank === -1 ? none : attributesOf(tag, blank) });
    if (empty) events.push({ kind: 'close', name });
  }
  return at;
}

const none: Readonly<Record<string, string>> = {};

/** Where a comment or a section of plain text ends, -1 when that is still to come. */
function skipped(source: string, open: number, events: XmlEvent[]): number {
  // `<!` alone may still become either.
  if (source.length - open < 9) return -1;
  if (source.startsWith('<!--', open)) {
    const end = source.indexOf('-->', open + 4);
    return end === -1 ? -1 : end + 3;
  }
  if (!source.startsWith('<![CDATA[', open)) {
    throw unreadable(
      'The workbook has a document type definition, which none has that a platform or a spreadsheet wrote.',
    );
  }
  const end = source.indexOf(']]>', open + 9);
  if (end !== -1) events.push({ kind: 'text', text: source.slice(open + 9, end) });
  return end === -1 ? -1 : end + 3;
}
