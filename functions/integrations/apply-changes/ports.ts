import type { FetchAsset, ReadAsset } from '../../../adapters/outside-fetch.ts';
import type { OutboxStore } from '../../../adapters/stores/outbox-store.ts';
import type { ChangeProblem } from '../../../contracts/schemas/change-requests.ts';
import type { OperationRecord } from '../../../domain/changes/change-record.ts';
import type { AccountRef } from '../../../domain/integrations/platform.ts';
import type { PlatformOperation, PlatformWriter, Written } from '../../../domain/integrations/platform-writer.ts';

/** The writing side of the connection that an account belongs to. */
export type AccountWriter =
  | { readonly kind: 'open'; readonly writer: PlatformWriter; readonly account: AccountRef }
  | { readonly kind: 'closed'; readonly problem: ChangeProblem };

/** What applying one workspace's changes works with. */
export interface ApplyPorts {
  readonly workspaceId: string;
  readonly outbox: OutboxStore;
  /** Throws `PlatformError`. */
  readonly writerOf: (accountId: string) => Promise<AccountWriter>;
  readonly fetchAsset: FetchAsset;
  readonly readAsset: ReadAsset;
  /**
   * Makes the mirrored structure say what the platform has now, and gives our id of the object; null where it is not mirrored. The
   * next load does so again.
   */
  readonly mirror: (record: OperationRecord, operation: PlatformOperation, written: Written) => Promise<string | null>;
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Fires when a call has taken so long. */
  readonly deadline: (milliseconds: number) => AbortSignal;
  /** Milliseconds that may still be spent. */
  readonly remainingMs: () => number;
  readonly warn: (message: string, fields: Readonly<Record<string, unknown>>) => void;
}
