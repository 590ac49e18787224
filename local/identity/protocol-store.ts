/** What the protocol remembers: codes and interactions in memory; sessions, grants and refresh tokens across restarts. */
import { join } from 'node:path';
import { JsonFile } from '../services/json-file.ts';

export type Payload = Readonly<Record<string, unknown>>;

interface Entry {
  payload: Payload;
  /** Epoch milliseconds; absent: never. */
  expiresAt?: number;
}

const kept = new Set(['Session', 'Grant', 'RefreshToken']);
/** Opaque access tokens are never handed out: callers get signed ones, so nobody can come back with these. */
const neverStored = new Set(['AccessToken', 'ClientCredentials']);
const largest = 5_000;

export class ProtocolStore {
  readonly #file: JsonFile<Record<string, Entry>>;
  readonly #memory = new Map<string, Entry>();

  constructor(dataDir: string) {
    this.#file = new JsonFile<Record<string, Entry>>(join(dataDir, 'identity', 'sessions.json'), {}, 0o600);
    for (const [key, entry] of Object.entries(this.#file.state)) if (!expired(entry)) this.#memory.set(key, entry);
  }

  put(kind: string, id: string, payload: Payload, expiresInSeconds: number | undefined): void {
    if (neverStored.has(kind)) return;
    const key = `${kind}:${id}`;
    this.#memory.delete(key);
    this.#memory.set(key, {
      payload,
      ...(expiresInSeconds === undefined ? {} : { expiresAt: Date.now() + expiresInSeconds * 1000 }),
    });
    if (this.#memory.size > largest) this.#makeRoom();
    this.#save(kind);
  }

  get(kind: string, id: string): Payload | undefined {
    const entry = this.#memory.get(`${kind}:${id}`);
    return entry === undefined || expired(entry) ? undefined : entry.payload;
  }

  findBy(kind: string, name: string, value: string): Payload | undefined {
    for (const [key, entry] of this.#memory) {
      if (key.startsWith(`${kind}:`) && entry.payload[name] === value && !expired(entry)) return entry.payload;
    }
    return undefined;
  }

  consume(kind: string, id: string): void {
    const entry = this.#memory.get(`${kind}:${id}`);
    if (entry === undefined) return;
    entry.payload = { ...entry.payload, consumed: Math.floor(Date.now() / 1000) };
    this.#save(kind);
  }

  remove(kind: string, id: string): void {
    if (this.#memory.delete(`${kind}:${id}`)) this.#save(kind);
  }

  removeGrant(grantId: string): void {
    for (const [key, entry] of this.#memory) if (entry.payload.grantId === grantId) this.#memory.delete(key);
    this.#save('RefreshToken');
  }

  #makeRoom(): void {
    for (const [key, entry] of this.#memory) if (expired(entry)) this.#memory.delete(key);
    const [oldest] = this.#memory.keys();
    if (this.#memory.size > largest && oldest !== undefined) this.#memory.delete(oldest);
  }

  #save(kind: string): void {
    if (!kept.has(kind)) return;
    const { state } = this.#file;
    for (const key of Object.keys(state)) delete state[key];
    for (const [key, entry] of this.#memory) {
      if (kept.has(key.slice(0, key.indexOf(':'))) && !expired(entry)) state[key] = entry;
    }
    this.#file.save();
  }
}

function expired(entry: Entry): boolean {
  return entry.expiresAt !== undefined && entry.expiresAt <= Date.now();
}
