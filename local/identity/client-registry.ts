/** App clients: those of the templates, and machine clients made while the system runs. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { JsonFile } from '../services/json-file.ts';
import type { ClientDefinition } from './pool-definition.ts';

export interface Client extends ClientDefinition {
  readonly secret: string | undefined;
}

interface State {
  /** Client id → secret; templates never hold one. */
  readonly secrets: Record<string, string>;
  readonly added: Record<string, ClientDefinition>;
}

export class ClientRegistry {
  readonly #file: JsonFile<State>;
  readonly #fromTemplates: ReadonlyMap<string, ClientDefinition>;
  readonly #placeUrl: (url: string) => string[];

  /** `placeUrl` turns a template's URL into those it means on this machine. */
  constructor(dataDir: string, fromTemplates: readonly ClientDefinition[], placeUrl: (url: string) => string[]) {
    this.#file = new JsonFile<State>(join(dataDir, 'identity', 'clients.json'), { secrets: {}, added: {} }, 0o600);
    this.#fromTemplates = new Map(fromTemplates.map((client) => [client.id, client]));
    this.#placeUrl = placeUrl;
    const { secrets } = this.#file.state;
    const lacking = fromTemplates.filter((client) => client.hasSecret && secrets[client.id] === undefined);
    for (const client of lacking) secrets[client.id] = drawSecret();
    if (lacking.length > 0) this.#file.save();
  }

  find(id: string): Client | undefined {
    const { added, secrets } = this.#file.state;
    const definition = this.#fromTemplates.get(id) ?? (Object.hasOwn(added, id) ? added[id] : undefined);
    if (definition === undefined) return undefined;
    return {
      ...definition,
      callbackUrls: [...new Set(definition.callbackUrls.flatMap(this.#placeUrl))],
      logoutUrls: [...new Set(definition.logoutUrls.flatMap(this.#placeUrl))],
      secret: definition.hasSecret ? secrets[id] : undefined,
    };
  }

  findAddedByName(name: string): Client | undefined {
    const found = Object.values(this.#file.state.added).find((client) => client.name === name);
    return found === undefined ? undefined : this.find(found.id);
  }

  /** Adds or replaces; a known id keeps its secret. */
  put(client: ClientDefinition): Client {
    const { added, secrets } = this.#file.state;
    added[client.id] = client;
    if (client.hasSecret) secrets[client.id] ??= drawSecret();
    this.#file.save();
    return { ...client, secret: client.hasSecret ? secrets[client.id] : undefined };
  }

  /** Origins that may call the token endpoint from a browser. */
  allows(origin: string): boolean {
    // What sandboxed pages send, and what addresses of native applications have.
    if (origin === 'null') return false;
    const all = [...this.#fromTemplates.keys(), ...Object.keys(this.#file.state.added)];
    return all.some((id) => this.find(id)?.callbackUrls.some((url) => new URL(url).origin === origin));
  }
}

/** 26 lower-case letters and digits, like Cognito's. */
export function newClientId(): string {
  const alphabet = 'abcdefghijklmnopqrstuvwxyz0123456789';
  // 252 is the largest multiple of 36 below 256: taking less than it keeps every letter equally likely.
  const letters = [...randomBytes(128)].filter((byte) => byte < 252).map((byte) => alphabet[byte % 36]);
  return letters.slice(0, 26).join('');
}

function drawSecret(): string {
  return randomBytes(39).toString('base64url');
}
