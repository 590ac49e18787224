import { describe, expect, it } from 'vitest';
import { readUtmTemplate, utmQuery, withQuery } from '../../../domain/changes/utm.ts';

const query = (template: string): string => {
  const read = readUtmTemplate(template);
  if (read.kind === 'refused') throw new Error(read.reasons.join('; '));
  return utmQuery(read.parameters, (placeholder) => `<${placeholder}>`);
};

describe('a template of landing page parameters', () => {
  it.each([
    ['utm_source={platform}&utm_campaign={campaign}', 'utm_source=<platform>&utm_campaign=<campaign>'],
    ['utm_content=v2-{ad-group}-{ad}', 'utm_content=v2-<ad-group>-<ad>'],
    ['a=b=c', 'a=b=c'],
    ['utm_source=größe', 'utm_source=gr%C3%B6%C3%9Fe'],
  ])('becomes a query: %s', (template, expected) => {
    expect(query(template)).toBe(expected);
  });

  it.each([
    ['{lpurl}?a=b', /not name=value/],
    ['utm_source={campaignid}', /\{campaignid\} is not known/],
    ['utm_source=', /not name=value/],
    ['a=1&a=2', /twice/],
    ['a={platform', /brace/],
    ['a=b c', /space/],
    ['', /not name=value/],
  ])('is refused with the reason: %s', (template, reason) => {
    const read = readUtmTemplate(template);
    expect(read.kind === 'refused' && read.reasons.join('; ')).toMatch(reason);
  });

  it.each([
    ['https://example.com/', 'https://example.com/?a=b'],
    ['https://example.com/?x=y', 'https://example.com/?x=y&a=b'],
    ['https://example.com/#part', 'https://example.com/?a=b#part'],
  ])('is added to %s', (page, expected) => {
    expect(withQuery(page, 'a=b')).toBe(expected);
  });
});
