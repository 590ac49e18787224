import { createHash, randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
/** 26 characters of five bits. */
const bodyLength = 26;

function crockford(bytes: Uint8Array): string {
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < bodyLength) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
    }
    held &= (1 << bits) - 1;
  }
  return text;
}

/**
 * An id that the same parts always give: mirrored platform objects and runs with an idempotency key are found again without
 * reading. Parts are length-prefixed, so `['ab','c']` and `['a','bc']` differ.
 */
export function derivedId(prefix: string, parts: readonly string[]): string {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`);
  return `${prefix}_${crockford(hash.digest())}`;
}

/** A ULID with a prefix: ten characters of time, sixteen of chance. */
export function newId(prefix: string, now: number, random: Uint8Array = randomBytes(10)): string {
  let time = '';
  for (let rest = now, place = 0; place < 10; place += 1) {
    time = (alphabet[rest % 32] ?? '0') + time;
    rest = Math.floor(rest / 32);
  }
  return `${prefix}_${time}${crockford(random)}`;
}

const structurePrefixes = { campaign: 'cmp', 'ad-group': 'adg', ad: 'ad', keyword: 'kwd' } as const;
export type MirroredKind = keyof typeof structurePrefixes;

export const accountIdOf = (workspaceId: string, platform: string, accountPlatformId: string): string =>
  derivedId('acc', [workspaceId, platform, accountPlatformId]);

/** Which account of which tenant an object belongs to. */
export interface AccountScope {
  readonly workspaceId: string;
  readonly platform: string;
  readonly accountPlatformId: string;
}

/**
 * Ids of mirrored objects. Ads and keywords need their ad group: a platform may give one keyword the same criterion id in
 * every ad group that has it.
 */
export function mirroredId(
  kind: MirroredKind,
  scope: AccountScope,
  object: { readonly platformId: string; readonly adGroupPlatformId: string | null },
): string {
  const parent = kind === 'ad' || kind === 'keyword' ? [object.adGroupPlatformId ?? ''] : [];
  return derivedId(structurePrefixes[kind], [
    scope.workspaceId,
    scope.platform,
    scope.accountPlatformId,
    ...parent,
    object.platformId,
  ]);
}

export const runIdFor = (workspaceId: string, idempotencyKey: string): string =>
  derivedId('run', [workspaceId, idempotencyKey]);
