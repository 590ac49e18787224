import type { Asset, Bidding, Creative, Money, Operation, Targeting } from '../../contracts/schemas/changes.ts';
import type { AccountRef, PlatformAccess, StructureKind } from './platform.ts';

/** An object on the platform with the ids above it. */
export interface ObjectAddress {
  readonly kind: StructureKind;
  readonly platformId: string;
  readonly campaignPlatformId: string | null;
  readonly adGroupPlatformId: string | null;
  /** `search`, `performance-max`, …: what the object's campaign is. */
  readonly campaignType: string;
}

/** An asset in the platform's library. */
export interface AssetAddress {
  readonly platformId: string;
}

type WithAssets<C> = C extends Asset
  ? AssetAddress
  : C extends readonly (infer T)[]
    ? readonly WithAssets<T>[]
    : C extends object
      ? { readonly [F in keyof C]: WithAssets<C[F]> }
      : C;
/** A creative whose images and videos are in the platform's library. */
export type PlatformCreative = WithAssets<Creative>;

type OperationOf<D extends Operation['do']> = Extract<Operation, { readonly do: D }>;
type Without<T, F extends string> = T extends unknown ? Omit<T, F> : never;

/** An operation with every reference and id of ours resolved: what a platform can be asked. */
export type PlatformOperation =
  | (Without<
      OperationOf<'set-status' | 'set-daily-budget' | 'set-bidding' | 'rename' | 'set-targeting' | 'remove'>,
      'target'
    > & {
      readonly target: ObjectAddress;
    })
  /** The bytes were fetched and looked at: `contentType` is what they are, not what somebody said. */
  | (Without<OperationOf<'upload-asset'>, 'ref' | 'accountId' | 'url' | 'assetId'> & {
      readonly bytes: Uint8Array;
      readonly contentType: string;
    })
  | Without<OperationOf<'create-campaign'>, 'ref' | 'accountId'>
  | (Without<OperationOf<'create-ad-group'>, 'ref' | 'campaign'> & { readonly campaign: ObjectAddress })
  | (Without<OperationOf<'create-ad'>, 'ref' | 'parent' | 'creative'> & {
      readonly parent: ObjectAddress;
      readonly creative: PlatformCreative;
    });
export type PlatformOperationOf<D extends Operation['do']> = Extract<PlatformOperation, { readonly do: D }>;
export type Creation = PlatformOperationOf<'upload-asset' | 'create-campaign' | 'create-ad-group' | 'create-ad'>;

/** What can be set of an object, as the platform has it now. `null`: the object has no such thing at its level. */
export interface PresentObject {
  readonly address: ObjectAddress;
  readonly name: string;
  readonly status: 'enabled' | 'paused' | 'removed';
  readonly dailyBudget: Money | null;
  readonly bidding: Bidding | null;
  readonly targeting: Targeting | null;
  /** The platform's own word on whether it may be shown yet, e.g. `in review`, `learning`; null when nothing stands in the way. */
  readonly serving: string | null;
}

/** What tells two tries of one operation from two operations. */
export interface WriteKey {
  readonly operationId: string;
  /** A positive 63-bit integer, the same at every try: TikTok deduplicates by it. */
  readonly requestId: string;
}

export interface Written {
  /** Of the object or asset that was made or changed. */
  readonly platformId: string;
  /** The platform's own name of the call, for its support. */
  readonly platformRequestId: string | null;
}

/** Something that cannot be, said before or by the platform: which field, why. */
export interface Objection {
  readonly field: string;
  readonly reason: string;
}

export interface WriteOptions {
  readonly signal?: AbortSignal;
}

/**
 * The writing side of one platform, opened for one connection. Throws `PlatformError` only; `rejected` carries the platform's own code
 * and words. Never tries a write again by itself: after a timeout nobody knows whether the platform has acted, and whoever asked looks
 * (`present`, `made`) before asking again.
 */
export interface PlatformWriter {
  /** Read from the platform itself, not from a report; undefined when there is no such object. */
  present(account: AccountRef, target: ObjectAddress, options?: WriteOptions): Promise<PresentObject | undefined>;
  /**
   * What an earlier try of this creation has made: an object of the same name beneath the same parent that is not removed; an ad or an
   * asset by what is in it where the platform has no unique name. Called before every creation.
   */
  made(account: AccountRef, creation: Creation, key: WriteKey, options?: WriteOptions): Promise<Written | undefined>;
  apply(account: AccountRef, operation: PlatformOperation, key: WriteKey, options?: WriteOptions): Promise<Written>;
}

/** What is known of a platform's writes without calling it: light and pure, for previews. */
export interface WriteRules {
  /** Everything that stands against an operation, by field: what the platform cannot do (by name), its limits, required fields. */
  objections(operation: PlatformOperation, account: Pick<AccountRef, 'currency'>): readonly Objection[];
  /** The smallest daily budget, and what its budgets are multiples of. */
  dailyBudget(currency: string): { readonly minimumMicros: number; readonly stepMicros: number };
  /** What a daily budget may cost at most on one day and in a calendar month, as the platform promises it. */
  mostSpend(dailyBudgetMicros: number): { readonly dayMicros: number; readonly monthMicros: number };
  /** Which objects keep a daily budget. */
  readonly budgetLevels: readonly StructureKind[];
  /** Where it keeps landing page parameters. `ad`: the preview moves a campaign's template to the ads that are made with it. */
  readonly utmLevel: 'campaign' | 'ad';
  /** Where it wants to be told whether advertising is political. */
  readonly declarationLevel: 'campaign' | 'ad-group';
}

export type OpenWriter = (access: PlatformAccess) => Promise<PlatformWriter>;
