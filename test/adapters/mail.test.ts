import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../adapters/config.ts';
import { createMail, type Mail } from '../../adapters/mail.ts';
import { newWebhookSecret, signedHeaders } from '../../adapters/webhook-signature.ts';

let server: Server;
let endpoint: string;
let reply: { status: number; type?: string; body: unknown };
let asked: { url: string; authorization: string; body: unknown }[];

beforeAll(async () => {
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk) => {
      text += chunk;
    });
    request.on('end', () => {
      asked.push({
        url: `${request.method} ${request.url}`,
        authorization: request.headers.authorization ?? '',
        body: JSON.parse(text),
      });
      response.writeHead(reply.status, { ...(reply.type !== undefined && { 'x-amzn-errortype': reply.type }) });
      response.end(JSON.stringify(reply.body));
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((closed) => server.close(closed)));

const mail: Mail = {
  from: 'alerts@conext.example',
  to: ['a@example.com', 'b@example.com'],
  subject: 'Critical: CPA',
  text: 'Grüße',
  html: '<p>Grüße</p>',
  reference: 'alt_1',
};
const send = (answer: typeof reply, at = endpoint) => {
  asked = [];
  reply = answer;
  const environment = {
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'key',
    AWS_SECRET_ACCESS_KEY: 'secret',
    AWS_ENDPOINT_URL: at,
  };
  return createMail(readConfig(['aws', 'credentials'], environment))(mail);
};

describe('a mail', () => {
  it('is one signed SendEmail with text and HTML', async () => {
    expect(await send({ status: 200, body: { MessageId: 'm-1' } })).toEqual({ kind: 'sent', messageId: 'm-1' });
    expect(asked[0]?.url).toBe('POST /v2/email/outbound-emails');
    expect(asked[0]?.authorization).toContain('/eu-central-1/ses/aws4_request');
    expect(asked[0]?.body).toEqual({
      FromEmailAddress: 'alerts@conext.example',
      Destination: { ToAddresses: ['a@example.com', 'b@example.com'] },
      Content: {
        Simple: {
          Subject: { Data: 'Critical: CPA', Charset: 'UTF-8' },
          Body: {
            Text: { Data: 'Grüße', Charset: 'UTF-8' },
            Html: { Data: '<p>Grüße</p>', Charset: 'UTF-8' },
          },
          Headers: [{ Name: 'X-Entity-Ref-ID', Value: 'alt_1' }],
        },
      },
    });
  });

  it.each([
    [400, 'MessageRejected', true],
    [400, 'MailFromDomainNotVerifiedException', true],
    [400, 'LimitExceededException', false],
    [429, 'TooManyRequestsException', false],
    [500, 'InternalFailure', false],
  ])('that is answered %i %s is given up: %s', async (status, type, final) => {
    const answer = await send({
      status,
      type: `${type}:http://internal`,
      body: { message: 'Email address is not verified.' },
    });
    expect(answer).toEqual({
      kind: 'refused',
      reason: `SES answered ${status} ${type}: Email address is not verified.`,
      final,
    });
  });

  it('is tried again where nothing answers', async () => {
    expect(await send({ status: 200, body: {} }, 'http://127.0.0.1:1')).toMatchObject({
      kind: 'refused',
      final: false,
    });
  });
});

describe('the signature of a webhook', () => {
  it('is the one of the Standard Webhooks specification', () => {
    // The example of Svix’s documentation, “Verifying webhooks manually”.
    const headers = signedHeaders(
      'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw',
      'msg_p5jXN8AQM9LWM0D4loKWxJek',
      1_614_265_330_000,
      '{"test": 2432232314}',
    );
    expect(headers).toEqual({
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature': 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=',
    });
  });

  it('has a secret of 32 bytes, another each time', () => {
    expect(Buffer.from(newWebhookSecret().slice('whsec_'.length), 'base64')).toHaveLength(32);
    expect(newWebhookSecret()).not.toBe(newWebhookSecret());
  });
});
