/** The pool's RS256 key and the secret that signs cookies, made once and kept in the data directory. */
import {
  createPrivateKey,
  generateKeyPairSync,
  type JsonWebKey,
  type KeyObject,
  randomBytes,
  randomUUID,
} from 'node:crypto';
import { join } from 'node:path';
import { JsonFile } from '../services/json-file.ts';

export interface SigningKeys {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly privateJwk: JsonWebKey;
  readonly cookieSecret: string;
}

interface State {
  kid?: string;
  jwk?: JsonWebKey;
  cookieSecret?: string;
}

export function loadSigningKeys(dataDir: string): SigningKeys {
  const file = new JsonFile<State>(join(dataDir, 'identity', 'keys.json'), {}, 0o600);
  const { state } = file;
  if (state.kid === undefined || state.jwk === undefined || state.cookieSecret === undefined) {
    state.kid = randomUUID();
    state.jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({ format: 'jwk' });
    state.cookieSecret = randomBytes(32).toString('base64url');
    file.save();
  }
  return {
    kid: state.kid,
    privateKey: createPrivateKey({ key: state.jwk, format: 'jwk' }),
    privateJwk: { ...state.jwk, kid: state.kid, use: 'sig', alg: 'RS256' },
    cookieSecret: state.cookieSecret,
  };
}
