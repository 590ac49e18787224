/** A user pool's keys behind real HTTP, and tokens signed with them or forged. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { UserPoolKeys } from '../../../local/gateway/token-verifier.ts';
import { poolArn } from './api-fixture.ts';

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicJwk: Record<string, unknown>;
}

async function newKey(kid: string): Promise<SigningKey> {
  const { privateKey, publicKey } = await generateKeyPair('RS256', { extractable: true });
  return { kid, privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid, alg: 'RS256', use: 'sig' } };
}

export interface TokenIssuer {
  readonly pool: UserPoolKeys;
  readonly publicJwk: () => Record<string, unknown>;
  /** How often the keys were fetched. */
  readonly fetches: () => number;
  /** A claim given as `undefined` is left out. */
  readonly token: (claims?: Record<string, unknown>, header?: Record<string, unknown>) => Promise<string>;
  /** Signed by a key that the pool never published. */
  readonly strangersToken: (kid: string) => Promise<string>;
  readonly rotate: () => Promise<void>;
  readonly close: () => Promise<void>;
}

export async function startTokenIssuer(): Promise<TokenIssuer> {
  let key = await newKey('first');
  const stranger = await newKey('stranger');
  let fetches = 0;
  const server = createServer((_request, response) => {
    fetches += 1;
    response.setHeader('content-type', 'application/json').end(JSON.stringify({ keys: [key.publicJwk] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sign = (claims: Record<string, unknown>, by: SigningKey, header: Record<string, unknown>) =>
    new SignJWT({
      iss: url,
      sub: 'user-1',
      token_use: 'access',
      scope: 'openid conext/metrics.read',
      client_id: 'client-1',
      exp: Math.floor(Date.now() / 1000) + 3600,
      ...claims,
    })
      .setProtectedHeader({ alg: 'RS256', kid: by.kid, ...header })
      .sign(by.privateKey);
  return {
    pool: { arn: poolArn, issuer: url, jwksUri: `${url}/.well-known/jwks.json` },
    publicJwk: () => key.publicJwk,
    fetches: () => fetches,
    token: (claims = {}, header = {}) => sign(claims, key, header),
    strangersToken: (kid) => sign({}, stranger, { kid }),
    rotate: async () => {
      key = await newKey('second');
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
