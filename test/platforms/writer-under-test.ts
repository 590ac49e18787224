import type { Bidding, Money, Targeting } from '../../contracts/schemas/changes.ts';
import type { AccountRef, PlatformId } from '../../domain/integrations/platform.ts';
import type {
  ObjectAddress,
  PlatformOperationOf,
  PlatformWriter,
  WriteRules,
} from '../../domain/integrations/platform-writer.ts';

/** What can go wrong with a write, in words every platform understands. Each meets the next write and no other call. */
export type WriteTrouble = 'act-then-timeout' | 'act-then-reset' | 'token-expired' | 'maintenance';

/** A simulated platform with its clock standing still and a writer open to it. */
export interface RunningWriter {
  readonly writer: PlatformWriter;
  trouble(kind: WriteTrouble): void;
  /** Requests that would change something and have arrived. */
  arrivals(): number;
  stop(): Promise<void>;
}

/** What the contract asks of a platform, in values that it takes. */
export interface WritePlan {
  campaign(name: string): PlatformOperationOf<'create-campaign'>;
  adGroup(name: string, campaign: ObjectAddress): PlatformOperationOf<'create-ad-group'>;
  ad(name: string, adGroup: ObjectAddress, mediaId: string): PlatformOperationOf<'create-ad'>;
  /** What the ad shows; `null` where ads are words alone. */
  readonly media: PlatformOperationOf<'upload-asset'> | null;
  /** Values other than those that are created with, and the level that keeps each. */
  readonly budget: { readonly level: 'campaign' | 'ad-group'; readonly value: Money; readonly tooSmall: Money };
  readonly bidding: { readonly level: 'campaign' | 'ad-group'; readonly value: Bidding };
  readonly targeting: { readonly level: 'campaign' | 'ad-group'; readonly value: Targeting };
  /** The ad with a text longer than the platform takes, and the field that is too long. */
  tooLong(ad: PlatformOperationOf<'create-ad'>): PlatformOperationOf<'create-ad'>;
  readonly tooLongField: string;
}

/** One row a platform. */
export interface WriterUnderTest {
  readonly id: PlatformId;
  readonly account: AccountRef;
  readonly rules: WriteRules;
  readonly plan: WritePlan;
  start(): Promise<RunningWriter>;
}
