/** Access keys of this home: each function has its own, so that a call names its caller. */
import { createHmac, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Caller } from '../ports.ts';

export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

export interface CredentialBook {
  /** The same label gives the same keys for as long as the home folder lives. */
  issue(label: string, roleArn: string | undefined): Credentials;
  callerOf(accessKeyId: string): Caller | undefined;
}

/** Keys cannot be guessed by a web page that the same browser shows: they derive from a random seed in the home folder. */
export function openCredentialBook(seedFile: string): CredentialBook {
  const seed = readSeed(seedFile);
  const callers = new Map<string, Caller>();
  const derive = (purpose: string, label: string): Buffer =>
    createHmac('sha256', seed).update(`${purpose}:${label}`).digest();
  return {
    issue: (label, roleArn) => {
      const accessKeyId = `AKIA${derive('key', label).toString('hex').slice(0, 16).toUpperCase()}`;
      callers.set(accessKeyId, { accessKeyId, roleArn, label });
      return { accessKeyId, secretAccessKey: derive('secret', label).toString('base64url') };
    },
    callerOf: (accessKeyId) => callers.get(accessKeyId),
  };
}

function readSeed(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    const seed = randomBytes(32);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, seed, { mode: 0o600 });
    return seed;
  }
}
