import * as z from 'zod/mini';
import type { GrantOutcome, OAuthAnswer, OAuthCall } from '../domain/integrations/oauth.ts';

/** The token endpoint as RFC 6749 has it, for the platforms that keep to it. */

export const formCall = (url: string, fields: Readonly<Record<string, string>>): OAuthCall => ({
  url,
  contentType: 'application/x-www-form-urlencoded',
  body: new URLSearchParams(fields).toString(),
});

export const withoutSlash = (url: string): string => url.replace(/\/+$/, '');

export function pageUrl(address: string, parameters: Readonly<Record<string, string>>): string {
  const url = new URL(address);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return url.href;
}

const tokenAnswer = z.object({
  access_token: z.string().check(z.minLength(1)),
  expires_in: z.optional(z.number()),
  refresh_token: z.optional(z.string().check(z.minLength(1))),
  /** Seconds; absent where the grant has no end. */
  refresh_token_expires_in: z.optional(z.number()),
  scope: z.optional(z.string()),
});
export type TokenAnswer = z.infer<typeof tokenAnswer>;

const errorAnswer = z.object({ error: z.string() });
/** RFC 6749, section 5.2, and what the platforms add to it: our app is wrong, not the person. */
const appErrors: ReadonlySet<string> = new Set([
  'invalid_client',
  'unauthorized_client',
  'redirect_uri_mismatch',
  'invalid_redirect_uri',
  'unsupported_grant_type',
  'invalid_scope',
]);

/** What the endpoint gave for a code, or why not, with the platform's name in the sentence. */
export function readTokenAnswer(
  { status, body }: OAuthAnswer,
  platform: string,
): { readonly kind: 'tokens'; readonly tokens: TokenAnswer } | Exclude<GrantOutcome, { kind: 'granted' }> {
  if (status === 429 || status >= 500) {
    return { kind: 'unavailable', reason: `${platform} does not answer at the moment. Try again in a minute.` };
  }
  const refused = errorAnswer.safeParse(body);
  if (refused.success || status !== 200) {
    const code = refused.success && /^\w{1,40}$/.test(refused.data.error) ? refused.data.error : `HTTP ${status}`;
    if (appErrors.has(code)) {
      return {
        kind: 'misconfigured',
        reason: `${platform} does not accept our app (${code}). An operator has to check its id, secret and redirect address.`,
      };
    }
    return {
      kind: 'refused',
      reason: `${platform} did not take the authorization (${code}): it was used before or came too late. Begin again.`,
    };
  }
  const tokens = tokenAnswer.safeParse(body);
  if (!tokens.success) {
    return {
      kind: 'unavailable',
      reason: `${platform} answered something that cannot be read. Try again in a minute.`,
    };
  }
  return { kind: 'tokens', tokens: tokens.data };
}

/** `seconds` after `at` (epoch milliseconds) as an instant. */
export const instantAfter = (at: number, seconds: number): string => new Date(at + seconds * 1000).toISOString();
