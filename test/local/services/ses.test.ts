import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSes } from '../../../local/services/ses/ses-service.ts';
import { inProcess } from './in-process.ts';
import { operator, PLACE } from './serve-service.ts';

const NOW = Date.UTC(2026, 2, 1, 9, 30, 5, 7);

let dataDir: string;
let ses: ReturnType<typeof createSes>;
let said: string[];

beforeEach(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'conext-ses-'));
  said = [];
  ses = createSes({ ...PLACE, dataDir, clock: () => NOW, log: (message) => said.push(message) });
});
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

const input = (over: object = {}, simple: object = {}) => ({
  FromEmailAddress: 'Conext <alerts@conext.example>',
  Destination: { ToAddresses: ['a@example.com', 'b@example.com'] },
  Content: {
    Simple: {
      Subject: { Data: 'Kritisch: Kosten je Käufer in „Frühjahr“ sind viermal so hoch wie gestern', Charset: 'UTF-8' },
      Body: { Text: { Data: 'Grüße\n.\nFrom here' }, Html: { Data: '<p>Grüße</p>' } },
      Headers: [{ Name: 'X-Entity-Ref-ID', Value: 'alt_1' }],
      ...simple,
    },
  },
  ...over,
});
const ask = (body: object, path = '/v2/email/outbound-emails') =>
  inProcess(ses)(`http://ses${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(5_000),
  });
const mails = () => {
  try {
    return readdirSync(join(dataDir, 'mail'));
  } catch {
    return [];
  }
};
const decoded = (text: string) => Buffer.from(text.replaceAll(/\s/g, ''), 'base64').toString();

it('keeps a mail as a file with text and HTML, and says where', async () => {
  const answer = await ask(input());
  expect(answer.status).toBe(200);
  const { MessageId: id } = (await answer.json()) as { MessageId: string };
  const [name = ''] = mails();
  expect(name).toMatch(/^2026-03-01T09-30-05\.007Z-[0-9a-f]{8}\.eml$/);
  const file = readFileSync(join(dataDir, 'mail', name), 'utf8');
  const cut = file.indexOf('\r\n\r\n');
  const head = file.slice(0, cut).replaceAll('\r\n ', ' ').split('\r\n');
  expect(head).toEqual(
    expect.arrayContaining([
      'From: Conext <alerts@conext.example>',
      'To: a@example.com, b@example.com',
      'Date: Sun, 01 Mar 2026 09:30:05 +0000',
      `Message-ID: <${id}@email.amazonses.com>`,
      'X-Entity-Ref-ID: alt_1',
    ]),
  );
  const subject = head.find((line) => line.startsWith('Subject: ')) ?? '';
  const words = [...subject.matchAll(/=\?UTF-8\?B\?([^?]*)\?=/g)];
  expect(words.length).toBeGreaterThan(1);
  expect(words.map(([, word = '']) => decoded(word)).join('')).toBe(input().Content.Simple.Subject.Data);
  const boundary = /boundary="([^"]+)"/.exec(file)?.[1] ?? 'none';
  const parts = file.slice(cut).split(`--${boundary}`).slice(1, -1);
  expect(
    parts.map((part) => [/Content-Type: ([^;]+)/.exec(part)?.[1], decoded(part.split('\r\n\r\n')[1] ?? '')]),
  ).toEqual([
    ['text/plain', 'Grüße\n.\nFrom here'],
    ['text/html', '<p>Grüße</p>'],
  ]);
  expect(file.split('\r\n').every((line) => line.length <= 998)).toBe(true);
  expect(said).toEqual([expect.stringContaining(`a@example.com, b@example.com`)]);
  expect(said[0]).toContain(`mail/${name}`);
});

it('asks for the permission on the address where it is an identity, else on its domain', async () => {
  const needs = () =>
    ses.access({
      method: 'POST',
      path: '/v2/email/outbound-emails',
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(JSON.stringify(input())),
      operation: undefined,
      caller: operator,
    });
  const need = (identity: string) => [
    {
      action: 'ses:SendEmail',
      resource: `arn:aws:ses:eu-central-1:000000000000:identity/${identity}`,
      context: { 'ses:FromAddress': 'alerts@conext.example' },
    },
  ];
  expect(needs()).toEqual(need('conext.example'));
  await ses.provision({
    type: 'AWS::SES::EmailIdentity',
    stack: 'S',
    logicalId: 'One',
    physicalId: 'alerts@conext.example',
    arn: 'arn',
    properties: { EmailIdentity: 'alerts@conext.example' },
  });
  expect(needs()).toEqual(need('alerts@conext.example'));
});

it.each([
  ['a header that begins another', input({}, { Headers: [{ Name: 'X-A', Value: 'b\r\nBcc: c@example.com' }] })],
  ['a subject of two lines', input({}, { Subject: { Data: 'a\r\nBcc: c@example.com' } })],
  ['an address that begins a header', input({ Destination: { ToAddresses: ['a@example.com\r\nBcc: c@example.com'] } })],
  ['nobody to send to', input({ Destination: {} })],
  ['51 recipients', input({ Destination: { ToAddresses: Array.from({ length: 51 }, (_, n) => `a${n}@example.com`) } })],
  ['no body', input({}, { Body: {} })],
])('refuses %s and keeps nothing', async (_what, body) => {
  const answer = await ask(body);
  expect([answer.status, ((await answer.json()) as { __type: string }).__type]).toEqual([400, 'BadRequestException']);
  expect(mails()).toEqual([]);
});

it.each([
  ['raw content', input({ Content: { Raw: { Data: 'AA==' } } }), undefined, /Raw content/],
  ['another operation', {}, '/v2/email/identities', /POST \/v2\/email\/identities/],
])('names %s as not supported', async (_what, body, path, message) => {
  const answer = await ask(body, path);
  expect(answer.status).toBe(501);
  expect(((await answer.json()) as { message: string }).message).toMatch(message);
});
