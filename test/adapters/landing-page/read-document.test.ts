import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDocument } from '../../../adapters/landing-page/read-document.ts';

const said = (html: string): string[] => {
  const { text, blocks } = readDocument(html);
  return blocks.map(({ kind, aside, start, end }) => `${aside ? '(aside) ' : ''}${kind}: ${text.slice(start, end)}`);
};

describe('a page as it is read', () => {
  it('is its visible text in blocks, with what stands around it told apart', () => {
    expect(
      said(`<!doctype html><html lang="de-DE"><head><title>Schuhe &amp; mehr</title><style>p{}</style></head><body>
        <nav><ul><li>Start</li></ul></nav><main><h1>Trail  <b>Schuhe</b></h1><p>Trocken &ndash; immer.<br>Auch im Regen.</p>
        <ul><li>Sohle aus Gummi<li>Leicht</ul><script>alert(1)</script><div hidden>Nie</div><p style="display: none">Nie</p>
        <p aria-hidden="true">Nie</p><template>Nie</template></main><footer>Impressum</footer></body></html>`),
    ).toEqual([
      '(aside) item: Start',
      'title: Trail Schuhe',
      'text: Trocken – immer.',
      'text: Auch im Regen.',
      'item: Sohle aus Gummi',
      'item: Leicht',
      '(aside) text: Impressum',
    ]);
  });

  it('knows language, title, descriptions and what is told to machines, and leaves broken data', () => {
    const page = readDocument(`<html lang="FR"><title> Chaussures
      de trail </title><meta property="og:title" content="Trail"><meta name="Description" content="Au sec">
      <script type="application/ld+json">{"@type":"Product","name":"Trail"}</script><script type="application/ld+json">{broken</script>`);
    expect(page).toMatchObject({
      language: 'fr',
      title: 'Chaussures de trail',
      data: [{ '@type': 'Product', name: 'Trail' }],
    });
    expect([page.meta.get('og:title'), page.meta.get('description')]).toEqual(['Trail', 'Au sec']);
  });

  it('is read within a second, however it is nested, broken or repeated', () => {
    const pages = [
      '<div>'.repeat(400_000),
      '<a><b>'.repeat(300_000),
      `${'<ul><li>'.repeat(50_000)}x`,
      `<p>${'&amp'.repeat(400_000)}`,
      '<'.repeat(2_000_000),
      '<!--'.repeat(500_000),
      `<p ${'a="b" '.repeat(300_000)}>x`,
      '<li>item'.repeat(200_000),
      '\0\ufffd<p>\0text',
    ];
    for (const page of pages) {
      const started = performance.now();
      const { text, blocks } = readDocument(page);
      expect(performance.now() - started).toBeLessThan(2_000);
      expect(blocks.length).toBeLessThanOrEqual(3_001);
      expect(text.length).toBeLessThan(7_000_000);
    }
  }, 20_000);

  it('places every block where its text stands, whatever comes', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(
            '<p>',
            '</p>',
            '<li>',
            '<div hidden>',
            '</div>',
            '<h1>',
            'a b',
            '&euro;',
            '<script>',
            '</script>',
            '日本',
            '<',
          ),
        ),
        (pieces) => {
          const { text, blocks } = readDocument(pieces.join(''));
          let last = 0;
          for (const { start, end } of blocks) {
            expect(start).toBeGreaterThanOrEqual(last);
            expect(text.slice(start, end).trim()).toBe(text.slice(start, end));
            expect(text[end]).toBe('\n');
            last = end;
          }
        },
      ),
    );
  });
});
