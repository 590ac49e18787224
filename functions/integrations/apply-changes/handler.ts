import { setTimeout as wait } from 'node:timers/promises';
import { readConfig } from '../../../adapters/config.ts';
import { createConnectionWriters } from '../../../adapters/connection-writers.ts';
import { createAssetReader } from '../../../adapters/generation/generated-assets.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createOutsideFetch } from '../../../adapters/outside-fetch.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { createSharedRateLimiter } from '../../../adapters/rate-limiter.ts';
import { createSecrets } from '../../../adapters/secrets.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createDueStore, createOutboxStore } from '../../../adapters/stores/outbox-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { createWorkspaceStore } from '../../../adapters/stores/workspace-store.ts';
import { openWriter } from '../../../platforms/writers.ts';
import { accountWriters } from './account-writers.ts';
import { changesOf, outboxEvent } from './changes-of-event.ts';
import { mirrorOperation } from './mirror-operation.ts';
import type { ApplyPorts } from './ports.ts';
import { runOutbox } from './run-outbox.ts';

const config = readConfig(['state', 'parameters', 'settings', 'secrets', 'aws', 'credentials', 'lake']);
const stores = createStores(
  config.state.table,
  {
    workspace: createWorkspaceStore,
    settings: createSettingsStore,
    accounts: createAccountStore,
    outbox: createOutboxStore,
    ...structureStores,
  },
  { due: createDueStore },
);
const parameters = createParameters(config);
const openConnection = createConnectionWriters({
  secrets: createSecrets(config),
  parameters,
  settings: createSettings(config),
  openWriter,
  limiter: createSharedRateLimiter(config.state.table),
});
const fetchAsset = createOutsideFetch({ samples: async () => (await parameters.endpoints()).samples?.origin });
const readAsset = createAssetReader(createLake(config));

/** For the table's stream, which tells of changes that were decided, and for the schedule, which finds what was left undone. */
export const handler = stepHandler(outboxEvent, (event, { telemetry, remainingMs }) => {
  const workspaces = new Map<string, ApplyPorts>();
  const portsOf = (workspaceId: string): ApplyPorts => {
    const own = stores.forWorkspace(workspaceId);
    const accounts = accountWriters(own, openConnection);
    return {
      workspaceId,
      outbox: own.outbox,
      writerOf: accounts.writerOf,
      fetchAsset,
      readAsset,
      mirror: async (record, operation, written) =>
        mirrorOperation(
          own,
          await accounts.account(record.accountId),
          record,
          operation,
          written,
          new Date().toISOString(),
        ),
      now: Date.now,
      deadline: (milliseconds) => AbortSignal.timeout(milliseconds),
      remainingMs,
      warn: (message, fields) => telemetry.warn(message, { workspaceId, ...fields }),
    };
  };
  return runOutbox(
    {
      due: stores.due,
      portsOf: (workspaceId) => {
        const ports = workspaces.get(workspaceId) ?? portsOf(workspaceId);
        workspaces.set(workspaceId, ports);
        return ports;
      },
      now: Date.now,
      wait: (milliseconds) => wait(milliseconds),
      remainingMs,
      failed: (change, error) => telemetry.error('change not applied', error, { ...change }),
    },
    changesOf(event),
  );
});
