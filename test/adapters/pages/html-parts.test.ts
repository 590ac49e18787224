import { describe, expect, it } from 'vitest';
import { decodeHtml } from '../../../adapters/pages/html-charset.ts';
import { readHtml } from '../../../adapters/pages/html-parts.ts';

describe('reading HTML', () => {
  it('keeps what people see, line by line, and says what menus hold', () => {
    const page = readHtml(
      '<html lang="de-AT"><head><title>Schuhe &amp; mehr</title><meta name="description" content="Gut."></head>' +
        '<nav><ul><li>Start</li></ul></nav><h1>Trail <b>Runner</b></h1><ul><li>Trockene&nbsp;Füße</li></ul>' +
        '<script>var a = "<p>nie</p>"</script><p hidden>versteckt</p><div style="display: none"><p>auch</p></div><p>Text',
    );
    expect(page).toMatchObject({ language: 'de', title: 'Schuhe & mehr', meta: { description: 'Gut.' } });
    expect(page.blocks).toEqual([
      { element: 'list-item', aside: true, text: 'Start' },
      { element: 'heading', aside: false, text: 'Trail Runner' },
      { element: 'list-item', aside: false, text: 'Trockene Füße' },
      { element: 'text', aside: false, text: 'Text' },
    ]);
  });

  it.each([
    ['700,000 tags inside each other', '<b>'.repeat(700_000)],
    ['a million closing tags', '</b>'.repeat(500_000)],
    ['nothing but entities', '&amp;&#0;&#x110000;&notit;'.repeat(70_000)],
    ['null bytes', '<p>a\0b</p>'.repeat(100_000)],
    ['one tag without an end', `<a ${'x=1 '.repeat(500_000)}`],
    ['a comment without an end', `<p>a</p><!--${'-'.repeat(2_000_000)}`],
    ['quotes without an end', `<a href="${'<p>'.repeat(600_000)}`],
  ])('is done within two seconds with %s', (_, html) => {
    const started = performance.now();
    const { blocks } = readHtml(html);
    expect(performance.now() - started).toBeLessThan(2_000);
    expect(blocks.length).toBeLessThanOrEqual(4_000);
    for (const { text } of blocks) expect(text).not.toMatch(/\p{Cc}/u);
  });
});

describe('decoding HTML', () => {
  it.each([
    ['the header', Buffer.from('<p>Größe</p>', 'latin1'), 'text/html; charset=ISO-8859-1', '<p>Größe</p>'],
    ['meta', Buffer.from('<meta charset="latin1"><p>é</p>', 'latin1'), 'text/html', '<meta charset="latin1"><p>é</p>'],
    [
      'meta of Japanese',
      Uint8Array.from([...Buffer.from('<meta charset=shift_jis>'), 0x93, 0xfa]),
      '',
      '<meta charset=shift_jis>日',
    ],
    ['nothing, in UTF-8', Buffer.from('<p>日本</p>'), 'text/html', '<p>日本</p>'],
    ['nothing, in windows-1252', Uint8Array.from([0x80, 0xe9]), 'text/html', '€é'],
    ['a name nobody knows', Buffer.from('é'), 'text/html; charset=klingon', 'é'],
  ])('goes by %s', (_, bytes, contentType, text) => {
    expect(decodeHtml(bytes, contentType)).toBe(text);
  });
});
