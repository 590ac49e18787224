import type { Asset, Operation } from '../../contracts/schemas/changes.ts';
import type { FieldError } from '../errors.ts';
import type { PlatformId, StructureKind } from '../integrations/platform.ts';
import type { AssetAddress, ObjectAddress, PlatformOperation } from '../integrations/platform-writer.ts';

/** An object of the mirrored structure with what is needed to reach it on its platform. */
export interface KnownObject {
  readonly kind: StructureKind;
  readonly id: string;
  readonly accountId: string;
  readonly name: string;
  readonly status: 'enabled' | 'paused' | 'removed';
  readonly campaignId: string;
  readonly address: ObjectAddress;
}

export interface KnownAccount {
  readonly id: string;
  readonly platform: PlatformId;
  readonly currency: string;
  readonly timeZone: string;
  readonly name: string;
}

export interface KnownThings {
  readonly objects: ReadonlyMap<string, KnownObject>;
  readonly accounts: ReadonlyMap<string, KnownAccount>;
}

/** Where an operation points: an object of the workspace, or what an earlier operation makes. */
export type Pointer = { readonly id: string } | { readonly ref: string };

export interface ResolvedOperation {
  readonly index: number;
  readonly operation: Operation;
  readonly account: KnownAccount;
  /** Of the object that is changed or made. */
  readonly kind: StructureKind | 'asset';
  /** What is changed, or the parent of what is made; null where that is not there yet, or is the account. */
  readonly object: KnownObject | null;
  /** The campaign it belongs to; null while there is none. */
  readonly campaignId: string | null;
  /** Indexes of the operations that have to be applied before this one. */
  readonly after: readonly number[];
}

export type Resolution =
  | { readonly kind: 'resolved'; readonly operations: readonly ResolvedOperation[] }
  /** `missing`: of this workspace there is no such object. The words are the same for what is somebody else’s. */
  | { readonly kind: 'refused'; readonly why: 'missing' | 'invalid'; readonly fields: readonly FieldError[] };

const targetId = (target: object): readonly [string, Pointer] => {
  const [[key, value] = ['', '']] = Object.entries(target) as [string, string][];
  return [key, key === 'ref' ? { ref: value } : { id: value }];
};

/** The field that points, as callers spell it, and where it points; undefined for what stands in an account. */
function pointerOf(operation: Operation): readonly [field: string, pointer: Pointer] | undefined {
  const field = 'target' in operation ? 'target' : 'campaign' in operation ? 'campaign' : 'parent';
  const given =
    'target' in operation
      ? operation.target
      : 'campaign' in operation
        ? operation.campaign
        : 'parent' in operation
          ? operation.parent
          : undefined;
  if (given === undefined) return undefined;
  const [key, pointer] = targetId(given);
  return [`${field}.${key}`, pointer];
}

const isAsset = (value: object): value is Asset => {
  const keys = Object.keys(value);
  return keys.length === 1 && (keys[0] === 'ref' || keys[0] === 'platformId');
};

/** Assets of a creative that earlier operations upload, with the field that names each. */
function assetRefs(value: unknown, path: string): (readonly [field: string, ref: string])[] {
  if (Array.isArray(value)) return value.flatMap((one, index) => assetRefs(one, `${path}.${index}`));
  if (typeof value !== 'object' || value === null) return [];
  if (isAsset(value)) return 'ref' in value ? [[`${path}.ref`, value.ref]] : [];
  return Object.entries(value).flatMap(([field, one]) => assetRefs(one, `${path}.${field}`));
}

const kinds: Readonly<Record<string, StructureKind | 'asset'>> = {
  'create-campaign': 'campaign',
  'create-ad-group': 'ad-group',
  'create-ad': 'ad',
  'upload-asset': 'asset',
};
/** What a reference of each kind of parent may name. */
const allowedParents: Readonly<Record<string, readonly Operation['do'][]>> = {
  campaign: ['create-campaign'],
  parent: ['create-ad-group', 'create-campaign'],
};

/** The ids that operations name, to be looked up. */
export function idsNamed(operations: readonly Operation[]): { objects: string[]; accounts: string[] } {
  const objects = new Set<string>();
  const accounts = new Set<string>();
  for (const operation of operations) {
    const pointer = pointerOf(operation)?.[1];
    if (pointer !== undefined && 'id' in pointer) objects.add(pointer.id);
    if ('accountId' in operation) accounts.add(operation.accountId);
  }
  return { objects: [...objects], accounts: [...accounts] };
}

/** Ties operations to the accounts and objects they are about and to each other; tells everything that does not fit at once. */
export function resolveOperations(operations: readonly Operation[], known: KnownThings): Resolution {
  const missing: FieldError[] = [];
  const invalid: FieldError[] = [];
  const refs = new Map<string, number>();
  const touched = new Map<string, number>();
  const resolved: (ResolvedOperation | undefined)[] = [];

  operations.forEach((operation, index) => {
    const at = (field: string): string => `operations.${index}.${field}`;
    const problems = missing.length + invalid.length;
    const after = new Set<number>();
    let parent: ResolvedOperation | undefined;
    let object: KnownObject | null = null;
    let accountId = 'accountId' in operation ? operation.accountId : undefined;

    const follow = (field: string, ref: string, makers: readonly Operation['do'][]): number | undefined => {
      const maker = refs.get(ref);
      const made = maker === undefined ? undefined : operations[maker]?.do;
      if (maker === undefined || made === undefined) {
        invalid.push({ field: at(field), message: `no earlier operation makes ${ref}` });
        return undefined;
      }
      if (!makers.includes(made)) {
        invalid.push({ field: at(field), message: `${ref} is made by ${made}; needed is ${makers.join(' or ')}` });
        return undefined;
      }
      after.add(maker);
      return maker;
    };

    const pointing = pointerOf(operation);
    if (pointing !== undefined) {
      const [field, pointer] = pointing;
      if ('ref' in pointer) {
        const maker = follow(field, pointer.ref, allowedParents[field.split('.')[0] ?? ''] ?? []);
        parent = maker === undefined ? undefined : resolved[maker];
        accountId = parent?.account.id;
      } else {
        object = known.objects.get(pointer.id) ?? null;
        if (object === null) missing.push({ field: at(field), message: `there is no ${pointer.id} in this workspace` });
        accountId = object?.accountId;
      }
    }
    const account = accountId === undefined ? undefined : known.accounts.get(accountId);
    if (account === undefined && accountId !== undefined) {
      missing.push({ field: at('accountId'), message: `there is no ${accountId} in this workspace` });
    }
    if (operation.do === 'create-ad') {
      for (const [field, ref] of assetRefs(operation.creative, 'creative')) {
        const maker = follow(field, ref, ['upload-asset']);
        const owner = maker === undefined ? undefined : resolved[maker]?.account;
        if (owner !== undefined && account !== undefined && owner.id !== account.id) {
          invalid.push({ field: at(field), message: `${ref} is uploaded to another account` });
        }
      }
    }
    if ('target' in operation && object !== null) {
      // Two of one kind, or anything beside a removal, would hide from the guardrails what the change does in the end.
      const keys = operation.do === 'remove' ? [`${object.id} remove`] : [`${object.id} ${operation.do}`];
      const before = [...keys, `${object.id} remove`].map((key) => touched.get(key)).find((one) => one !== undefined);
      const earlier = operation.do === 'remove' ? touched.get(object.id) : before;
      if (earlier !== undefined) {
        invalid.push({ field: at('target'), message: `operations.${earlier} changes the same already` });
      }
      for (const key of [...keys, object.id]) touched.set(key, index);
    }
    if ('ref' in operation) {
      const earlier = refs.get(operation.ref);
      if (earlier !== undefined) {
        invalid.push({ field: at('ref'), message: `operations.${earlier} has this name already` });
      }
      refs.set(operation.ref, index);
    }
    resolved.push(
      account === undefined || missing.length + invalid.length > problems
        ? undefined
        : {
            index,
            operation,
            account,
            kind: kinds[operation.do] ?? object?.address.kind ?? 'campaign',
            object,
            campaignId: object?.campaignId ?? null,
            after: [...after],
          },
    );
  });

  // A missing object makes what follows from it invalid: that is said first, alone.
  if (missing.length > 0) return { kind: 'refused', why: 'missing', fields: missing };
  if (invalid.length > 0) return { kind: 'refused', why: 'invalid', fields: invalid };
  return { kind: 'resolved', operations: resolved.filter((one) => one !== undefined) };
}

/** What an operation's ids and references stand for when it is put to the platform. */
export interface Places {
  /** Of an object by our id, or of what an operation of the same change has made. */
  readonly address: (pointer: Pointer) => ObjectAddress;
  readonly asset: (asset: Asset) => AssetAddress;
  /** What was fetched for an upload. */
  readonly media?: { readonly bytes: Uint8Array; readonly contentType: string };
}

/** An operation as a platform can be asked it. Throws `RangeError` for an upload without its bytes. */
export function platformOperation(operation: Operation, places: Places): PlatformOperation {
  switch (operation.do) {
    case 'upload-asset': {
      const { ref: _ref, accountId: _account, url: _url, assetId: _asset, ...rest } = operation;
      if (places.media === undefined) throw new RangeError(`Nothing was fetched for the asset ${operation.ref}.`);
      return { ...rest, ...places.media };
    }
    case 'create-campaign': {
      const { ref: _ref, accountId: _account, ...rest } = operation;
      return rest;
    }
    case 'create-ad-group': {
      const { ref: _ref, campaign, ...rest } = operation;
      return { ...rest, campaign: places.address(targetId(campaign)[1]) };
    }
    case 'create-ad': {
      const { ref: _ref, parent, creative, ...rest } = operation;
      return {
        ...rest,
        parent: places.address(targetId(parent)[1]),
        // Only the assets become others; all else is as it was parsed.
        creative: withAssets(creative, places.asset) as Extract<
          PlatformOperation,
          { readonly do: 'create-ad' }
        >['creative'],
      };
    }
    default:
      return { ...operation, target: places.address(targetId(operation.target)[1]) };
  }
}

function withAssets(value: unknown, asset: Places['asset']): unknown {
  if (Array.isArray(value)) return value.map((one) => withAssets(one, asset));
  if (typeof value !== 'object' || value === null) return value;
  if (isAsset(value)) return asset(value);
  return Object.fromEntries(Object.entries(value).map(([field, one]) => [field, withAssets(one, asset)]));
}

/** Places as they are before anything is applied: what is yet to be made has a placeholder, good for rules and for nothing else. */
export function plannedPlaces(operations: readonly Operation[], known: KnownThings, media?: Places['media']): Places {
  const makers = new Map(operations.flatMap((one) => ('ref' in one ? [[one.ref, one] as const] : [])));
  const planned = (ref: string): string => `ref:${ref}`;
  const address = (pointer: Pointer): ObjectAddress => {
    if ('id' in pointer) {
      const object = known.objects.get(pointer.id);
      if (object === undefined) throw new RangeError(`Nothing is known of ${pointer.id}.`);
      return object.address;
    }
    const maker = makers.get(pointer.ref);
    if (maker?.do === 'create-ad-group') {
      const campaign = address(targetId(maker.campaign)[1]);
      return {
        kind: 'ad-group',
        platformId: planned(pointer.ref),
        campaignPlatformId: campaign.platformId,
        adGroupPlatformId: null,
        campaignType: campaign.campaignType,
      };
    }
    if (maker?.do !== 'create-campaign') throw new RangeError(`Nothing makes ${pointer.ref}.`);
    return {
      kind: 'campaign',
      platformId: planned(pointer.ref),
      campaignPlatformId: null,
      adGroupPlatformId: null,
      campaignType: maker.type,
    };
  };
  return {
    address,
    asset: (asset) => ({ platformId: 'ref' in asset ? planned(asset.ref) : asset.platformId }),
    ...(media !== undefined && { media }),
  };
}
