import * as z from 'zod/mini';
import type { Config } from './config.ts';
import { createSignedFetch, type SignedFetch } from './signed-fetch.ts';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  /** The same of everything that belongs to one thing: mail programs thread by it, and whoever gets one twice can tell. */
  readonly reference: string;
}

export type Mailed =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** `final`: trying again would change nothing. */
  | { readonly kind: 'refused'; readonly reason: string; readonly final: boolean };

export type SendMail = (mail: Mail) => Promise<Mailed>;

const timeoutMs = 10_000;
const sent = z.object({ MessageId: z.string() });
const refusal = z.object({ message: z.optional(z.string()), Message: z.optional(z.string()) });
/** SES's word for what passes (API reference, SendEmail). */
const passing = new Set(['TooManyRequestsException', 'LimitExceededException', 'SendingPausedException']);

/**
 * One mail through SES v2's `SendEmail`, over its REST JSON: a single operation is in use, and its SDK client would be most of a
 * function. Never repeated here: SES knows no idempotency token, so whoever retries decides.
 */
export function createMail(
  config: Config<'aws' | 'credentials'>,
  send: SignedFetch = createSignedFetch(config, 'ses'),
): SendMail {
  const base = config.aws.endpoint ?? `https://email.${config.aws.region}.amazonaws.com`;
  const data = (text: string) => ({ Data: text, Charset: 'UTF-8' });
  return async ({ from, to, subject, text, html, reference }) => {
    let answer: Response;
    let body: unknown;
    try {
      answer = await send(`${base.replace(/\/$/, '')}/v2/email/outbound-emails`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          FromEmailAddress: from,
          Destination: { ToAddresses: to },
          Content: {
            Simple: {
              Subject: data(subject),
              Body: { Text: data(text), Html: data(html) },
              Headers: [{ Name: 'X-Entity-Ref-ID', Value: reference }],
            },
          },
        }),
        signal: AbortSignal.timeout(timeoutMs),
      });
      body = await answer.json().catch(() => undefined);
    } catch {
      return { kind: 'refused', reason: 'SES could not be reached', final: false };
    }
    const taken = sent.safeParse(body);
    if (answer.ok && taken.success) return { kind: 'sent', messageId: taken.data.MessageId };
    const code = (answer.headers.get('x-amzn-errortype') ?? '').split(':')[0] ?? '';
    const said = refusal.safeParse(body);
    const why = (said.success ? (said.data.message ?? said.data.Message) : undefined) ?? 'it did not say why';
    return {
      kind: 'refused',
      reason: `SES answered ${answer.status} ${code}: ${why}`.slice(0, 500),
      final: answer.status >= 400 && answer.status < 500 && answer.status !== 429 && !passing.has(code),
    };
  };
}
