import { Refusal } from './codes.ts';

/** TikTok remembers a creation's `request_id` for a short time; how short it does not say. */
const rememberedMs = 10 * 60_000;

/** `request_id` of creations: of several tries with one id, only one succeeds. */
export class RequestIds {
  readonly #seen = new Map<string, { readonly at: number; readonly objectId: string }>();

  /** Throws 40050 for an id that has made something; `repeated` hears what. */
  check(key: string, nowMs: number, repeated: (objectId: string) => void): void {
    const seen = this.#seen.get(key);
    if (seen === undefined || nowMs - seen.at >= rememberedMs) return;
    repeated(seen.objectId);
    throw new Refusal('duplicatedRequest', 'Duplicated request: a request with the same request_id has succeeded.');
  }

  remember(key: string, nowMs: number, objectId: string): void {
    this.#seen.set(key, { at: nowMs, objectId });
  }

  clear(): void {
    this.#seen.clear();
  }
}
