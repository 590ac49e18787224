import type { AccountRecord } from '../../../adapters/stores/account-store.ts';
import type { Stores, WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { WriteRules } from '../../../domain/integrations/platform-writer.ts';
import type { AskPorts } from './ask-platforms.ts';

export type ChangeKinds =
  | 'workspace'
  | 'settings'
  | 'accounts'
  | 'campaigns'
  | 'adGroups'
  | 'ads'
  | 'guardrails'
  | 'changes';
export type ChangeStores = WorkspaceStores<ChangeKinds>;

export interface ChangePorts extends AskPorts {
  readonly stores: Stores<ChangeKinds, 'rates'>;
  readonly rulesOf: (platform: AccountRecord['platform']) => WriteRules;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** Whose request it is, and which. */
export interface Asker {
  readonly subject: string;
  readonly requestId: string;
}
