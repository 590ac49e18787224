/** Golden signatures were made with `openssl dgst -sha256 -hmac`, from the schemes as the platforms document them. */
import { expect, it } from 'vitest';
import { challenges, webhooks } from '../../platforms/webhooks.ts';

const at = 1_633_174_587;
const reading = (
  platform: 'tiktok-ads' | 'linkedin-ads',
  headers: Record<string, string>,
  body: string,
  now = at * 1_000,
) => webhooks[platform].read({ header: (name) => headers[name], body: Buffer.from(body), now }, 'secret');

const tiktokBody =
  '{"event":"LEAD","create_time":1633174587,"content":"{\\"advertiser_id\\":\\"7\\",\\"lead_id\\":\\"9\\"}"}';
const tiktokSigned = {
  'tiktok-signature': `t=${at},s=9e6296797d2726ba7f069d2a90fa213a8e86428572773106d8ef72a914d793bb`,
};
const linkedInBody =
  '{"type":"LEAD_ACTION","leadAction":"CREATED","leadGenFormResponse":"urn:li:leadGenFormResponse:9-a","owner":{"sponsoredAccount":"urn:li:sponsoredAccount:51"},"occurredAt":1633174587000}';
const linkedInSignature = '8652ad90e73bd354ade83a21e68a8a4fad0dbba5bb04f1174378602d32f47a9e';

it('TikTok’s signature is over the time and the very bytes', () => {
  expect(reading('tiktok-ads', tiktokSigned, tiktokBody)).toMatchObject({
    kind: 'read',
    notices: [{ kind: 'lead', id: 'tiktok-lead-9', accountPlatformId: '7', occurredAt: at * 1_000 }],
  });
  expect(reading('tiktok-ads', tiktokSigned, `${tiktokBody} `)).toEqual({ kind: 'untrusted', reason: 'forged' });
  const moved = { 'tiktok-signature': tiktokSigned['tiktok-signature'].replace(String(at), String(at + 1)) };
  expect(reading('tiktok-ads', moved, tiktokBody)).toEqual({ kind: 'untrusted', reason: 'forged' });
});

it.each([-300_001, 300_001])('TikTok’s delivery is not believed %d ms away from its time', (away) => {
  expect(reading('tiktok-ads', tiktokSigned, tiktokBody, at * 1_000 + away)).toEqual({
    kind: 'untrusted',
    reason: 'replayed',
  });
});

it('TikTok’s lists of ad account events are read as well, without what people typed in', () => {
  const body =
    '{"object":"LEAD","time":1633174587,"entry":[{"id":"12","advertiser_id":7,"page_id":"5","changes":[{"field":"Email","value":"a@b.example"}]},{"advertiser_id":7}]}';
  const signature = 'c86491799e8ed13e4af1b8c866fd4c0e0c8ef531d898576bae9b655403282884';
  const read = reading('tiktok-ads', { 'tiktok-signature': `t=${at},s=${signature}` }, body);
  expect(read).toMatchObject({
    notices: [{ id: 'tiktok-lead-12', accountPlatformId: '7', attributes: { leadId: '12', formId: '5' } }],
    ignored: 1,
  });
  expect(JSON.stringify(read)).not.toContain('example');
});

it.each(['', 'hmacsha256='])('LinkedIn’s signature is believed as “%s…”', (prefix) => {
  expect(reading('linkedin-ads', { 'x-li-signature': prefix + linkedInSignature }, linkedInBody)).toMatchObject({
    kind: 'read',
    notices: [{ id: 'linkedin-lead-9-a', accountPlatformId: '51' }],
  });
  expect(reading('linkedin-ads', { 'x-li-signature': prefix + linkedInSignature }, `${linkedInBody}\n`)).toEqual({
    kind: 'untrusted',
    reason: 'forged',
  });
});

it('LinkedIn’s challenge is answered with our secret', () => {
  expect(challenges['linkedin-ads']('890e4665-4dfe-4ab1-b689-ed553bceeed0', 'secret')).toBe(
    '9585d359e64d6a2013e0cf377f702b7141313246286c6891f22e3bfcc3938f65',
  );
});
