import { createHmac, randomBytes } from 'node:crypto';

const prefix = 'whsec_';
/** The Standard Webhooks specification asks for 24 to 64 bytes. */
const secretBytes = 32;

/** A secret that signs: `whsec_` and base64. */
export const newWebhookSecret = (random: Uint8Array = randomBytes(secretBytes)): string =>
  prefix + Buffer.from(random).toString('base64');

/**
 * The headers of Standard Webhooks 1.0 (standardwebhooks.com): HMAC-SHA256 over `<id>.<seconds>.<body>`. `id` is the same at every
 * attempt, the time is that of the attempt.
 */
export function signedHeaders(secret: string, id: string, now: number, body: string): Record<string, string> {
  const key = Buffer.from(secret.startsWith(prefix) ? secret.slice(prefix.length) : secret, 'base64');
  const seconds = String(Math.floor(now / 1_000));
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return { 'webhook-id': id, 'webhook-timestamp': seconds, 'webhook-signature': `v1,${signature}` };
}
