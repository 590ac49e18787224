/** Golden hashes: `printf %s <text> | sha256sum`. Forms: the platforms' own examples, named in the rule. */
import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import { e164, emailForms, hashIdentifiers } from '../../../../domain/integrations/streaming/identifiers.ts';

it.each([
  [' Jane.Doe@Example.com ', 'jane.doe@example.com', 'jane.doe@example.com'],
  ['jane.doe+list@example.com', 'jane.doe+list@example.com', 'jane.doe+list@example.com'],
  ['Jane.Doe@gmail.com', 'janedoe@gmail.com', 'jane.doe@gmail.com'],
  ['j.d+shop.one@GoogleMail.com', 'jd@googlemail.com', 'j.d+shop.one@googlemail.com'],
])('%s is %s for Google and %s for TikTok and LinkedIn', (email, google, others) => {
  expect([emailForms['google-ads'](email), emailForms['tiktok-ads'](email), emailForms['linkedin-ads'](email)]).toEqual(
    [google, others, others],
  );
});

it.each([
  ['+49 (151) 123-45678', '+4915112345678'],
  ['0044 20 7031 3000', '+442070313000'],
  ['+1.212.565.0000', '+12125650000'],
  ['030 1234567', undefined],
  ['+49', undefined],
  ['+4915112345678901', undefined],
])('the telephone number %s is %s', (given, wanted) => {
  expect(e164(given)).toBe(wanted);
});

it('hashes are those of any other tool, and what came as one is taken as it is', () => {
  const hash = '5b722b307fce6c944905d132691d5e4a2214b7fe92b738920eb3fce3a90420a1';
  const { identifiers, unusable } = hashIdentifiers({
    email: ['test@example.com', hash.toUpperCase(), 'nobody'],
    firstName: ' Jane',
  });
  expect(identifiers.emails).toEqual(['973dfe463ec85785f5f95af5ba3906eedb2d931c24e69824a89ea65dba4e813b', hash]);
  expect(identifiers.firstName).toBe(createHash('sha256').update('jane').digest('hex'));
  expect(unusable).toBe(1);
});

it('an address with one form is kept once', () => {
  expect(hashIdentifiers({ email: 'a@example.com' }).identifiers.emails).toHaveLength(1);
  expect(hashIdentifiers({ email: 'a.b@gmail.com' }).identifiers.emails).toHaveLength(2);
});
