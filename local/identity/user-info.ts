/** `/oauth2/userInfo`: the attributes behind an access token with the scope `openid`. */

import { createPublicKey } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { jwtVerify } from 'jose';
import type { Clock } from '../ports.ts';
import type { SigningKeys } from './signing-keys.ts';
import type { UserDirectory } from './user-directory.ts';

interface UserInfoParts {
  readonly issuer: string;
  readonly keys: SigningKeys;
  readonly users: UserDirectory;
  readonly clock: Clock;
  readonly allowsOrigin: (origin: string) => boolean;
}

export async function handleUserInfo(
  parts: UserInfoParts,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { origin } = request.headers;
  response.setHeader('Vary', 'Origin');
  response.setHeader('Cache-Control', 'no-store');
  if (origin !== undefined && parts.allowsOrigin(origin)) {
    response.setHeader('Access-Control-Allow-Origin', origin);
    response.setHeader('Access-Control-Allow-Headers', 'authorization');
    response.setHeader('Access-Control-Allow-Methods', 'GET, POST');
  }
  if (request.method === 'OPTIONS') return void response.writeHead(204).end();
  const found = await attributesOf(parts, request.headers.authorization);
  if (found === undefined) {
    response.setHeader('WWW-Authenticate', 'Bearer error="invalid_token"');
    return sendJson(response, 401, {
      error: 'invalid_token',
      error_description: 'The access token is not valid here.',
    });
  }
  sendJson(response, 200, found);
}

async function attributesOf(parts: UserInfoParts, authorization: string | undefined): Promise<object | undefined> {
  const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
  if (token === undefined) return undefined;
  try {
    const { payload } = await jwtVerify(token, createPublicKey(parts.keys.privateKey), {
      algorithms: ['RS256'],
      issuer: parts.issuer,
      currentDate: new Date(parts.clock()),
    });
    if (payload.token_use !== 'access' || !String(payload.scope).split(' ').includes('openid')) return undefined;
    const user = parts.users.findBySub(String(payload.sub));
    return user === undefined ? undefined : { sub: user.sub, ...user.attributes, username: user.sub };
  } catch {
    return undefined;
  }
}

function sendJson(response: ServerResponse, status: number, value: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));
}
