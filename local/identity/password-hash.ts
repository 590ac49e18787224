import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

export interface PasswordHash {
  readonly salt: string;
  readonly hash: string;
}

/** Node's own defaults (16 MB, some 50 ms): these accounts guard demo data on one machine. */
const cost = { N: 16_384, r: 8, p: 1 };

function derive(password: string, salt: Buffer): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, 32, cost, (error, key) => (error === null ? resolve(key) : reject(error)));
  });
}

export async function hashPassword(password: string): Promise<PasswordHash> {
  const salt = randomBytes(16);
  return { salt: salt.toString('base64'), hash: (await derive(password, salt)).toString('base64') };
}

/** Takes as long without a stored hash, so that answers do not tell which accounts exist. */
export async function passwordMatches(password: string, stored: PasswordHash | undefined): Promise<boolean> {
  const salt = stored === undefined ? randomBytes(16) : Buffer.from(stored.salt, 'base64');
  const derived = await derive(password, salt);
  return stored !== undefined && timingSafeEqual(derived, Buffer.from(stored.hash, 'base64'));
}
