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

const attribute = /([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g;
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
    const [ending, skip] = source.startsWith('<!--', open)
      ? ['-->', 4]
      : source.startsWith('<![CDATA[', open)
        ? [']]>', 9]
        : ['>', 1];
    // `<!` alone may still become a comment.
    const close = source.length - open < 9 && source[open + 1] === '!' ? -1 : source.indexOf(ending, open + skip);
    if (close === -1) return open;
    at = close + ending.length;
    if (skip === 4) continue;
    if (skip === 9) {
      events.push({ kind: 'text', text: source.slice(open + 9, close) });
      continue;
    }
    const tag = source.slice(open + 1, close);
    if (tag.startsWith('!'))
      throw unreadable(
        'The workbook has a document type definition, which none has that a platform or a spreadsheet wrote.',
      );
    if (tag.startsWith('?')) continue;
    if (tag.startsWith('/')) {
      events.push({ kind: 'close', name: local(tag.slice(1).trim()) });
      continue;
    }
    const bare = tag.endsWith('/') ? tag.slice(0, -1) : tag;
    const name = local(/^[^\s/]+/.exec(bare)?.[0] ?? '');
    const attributes: Record<string, string> = {};
    for (const [, key = '', double, single] of bare.matchAll(attribute)) {
      attributes[local(key)] = unescaped(double ?? single ?? '');
    }
    events.push({ kind: 'open', name, attributes });
    if (tag.endsWith('/')) events.push({ kind: 'close', name });
  }
  return at;
}
