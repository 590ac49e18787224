/** Token endpoints of the three platforms on one loopback port, each in its own dialect, for the connection flow alone. */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AuthorizationCall {
  readonly path: string;
  readonly contentType: string;
  readonly fields: Readonly<Record<string, string>>;
}

export interface FakeAuthorization {
  readonly url: string;
  readonly calls: AuthorizationCall[];
  /** The next calls are answered so, in order, instead of by the platform's rules. */
  readonly next: { readonly status: number; readonly body: unknown }[];
  /** What a person does on the platform's page who agrees: the code and state that come back. */
  agree(authorizationUrl: string): { readonly code: string; readonly state: string; readonly returnTo: string };
  close(): Promise<void>;
}

export const apps = {
  'google-ads': { clientId: 'google-app', clientSecret: 'google-app-secret', developerToken: 'developer-token' },
  'tiktok-ads': { appId: '7000000000000000001', appSecret: 'tiktok-app-secret' },
  'linkedin-ads': { clientId: 'linkedin-app', clientSecret: 'linkedin-app-secret' },
} as const;

interface Held {
  readonly redirectUri: string;
  readonly challenge: string | null;
}

export async function startFakeAuthorization(): Promise<FakeAuthorization> {
  const codes = new Map<string, Held>();
  const calls: AuthorizationCall[] = [];
  const next: { status: number; body: unknown }[] = [];
  let made = 0;

  const answer = ({ path, fields }: AuthorizationCall): { status: number; body: unknown } => {
    if (path === '/revoke') return { status: 200, body: {} };
    if (path === '/open_api/v1.3/oauth2/revoke_token/') return { status: 200, body: { code: 0, message: 'OK' } };
    const tiktok = path === '/open_api/v1.3/oauth2/access_token/';
    const code = (tiktok ? fields['auth_code'] : fields['code']) ?? '';
    const held = codes.get(code);
    codes.delete(code);
    made += 1;
    if (tiktok) {
      return held === undefined
        ? { status: 200, body: { code: 40002, message: 'auth_code is expired or used', data: {} } }
        : {
            status: 200,
            body: {
              code: 0,
              message: 'OK',
              data: { access_token: `tiktok-token-${made}`, advertiser_ids: ['1', '2'], scope: [4] },
            },
          };
    }
    const google = path === '/token';
    const challenged = createHash('sha256')
      .update(fields['code_verifier'] ?? '')
      .digest('base64url');
    const right =
      held !== undefined &&
      fields['redirect_uri'] === held.redirectUri &&
      (held.challenge === null || held.challenge === challenged);
    if (!right) return { status: 400, body: { error: 'invalid_grant', error_description: 'Bad code: hush' } };
    return {
      status: 200,
      body: {
        access_token: 'short-lived',
        expires_in: 3599,
        refresh_token: `${google ? 'google' : 'linkedin'}-refresh-${made}`,
        ...(!google && { refresh_token_expires_in: 31_536_000 }),
        scope: google ? 'https://www.googleapis.com/auth/adwords' : 'r_ads,r_ads_reporting',
      },
    };
  };

  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const contentType = request.headers['content-type'] ?? '';
    const fields: Record<string, string> = contentType.includes('json')
      ? JSON.parse(text)
      : Object.fromEntries(new URLSearchParams(text));
    const call = { path: request.url ?? '', contentType, fields };
    calls.push(call);
    const { status, body } = next.shift() ?? answer(call);
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    next,
    agree(authorizationUrl) {
      const { searchParams } = new URL(authorizationUrl);
      const code = `code-${createHash('sha256').update(`${authorizationUrl}${codes.size}${calls.length}`).digest('hex').slice(0, 12)}`;
      const redirectUri = searchParams.get('redirect_uri') ?? '';
      codes.set(code, { redirectUri, challenge: searchParams.get('code_challenge') });
      return { code, state: searchParams.get('state') ?? '', returnTo: redirectUri };
    },
    close: async () => {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
