/** Access tokens for machine clients, as any program would get them. */
import { isObject } from '../services/json-protocol.ts';
import type { MachineClient } from './seed.ts';

export interface TokenSource {
  /** A token that lives for at least another minute. */
  token(): Promise<string>;
}

export function machineToken(tokenUrl: string, client: MachineClient): TokenSource {
  let held: { readonly token: string; readonly until: number } | undefined;
  return {
    token: async () => {
      if (held !== undefined && held.until > Date.now() + 60_000) return held.token;
      const response = await fetch(tokenUrl, {
        method: 'POST',
        headers: {
          authorization: `Basic ${Buffer.from(`${client.clientId}:${client.clientSecret}`).toString('base64')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: new URLSearchParams({ grant_type: 'client_credentials', scope: client.scopes.join(' ') }),
        signal: AbortSignal.timeout(30_000),
      });
      const answer: unknown = await response.json();
      if (!response.ok || !isObject(answer) || typeof answer.access_token !== 'string') {
        throw new Error(`${tokenUrl} gave no token: ${response.status} ${JSON.stringify(answer)}`);
      }
      held = { token: answer.access_token, until: Date.now() + Number(answer.expires_in ?? 0) * 1000 };
      return held.token;
    },
  };
}
