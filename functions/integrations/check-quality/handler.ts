import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createAccountStore } from '../../../adapters/stores/account-store.ts';
import { createImportStore } from '../../../adapters/stores/import-store.ts';
import { createQualityStore } from '../../../adapters/stores/quality-store.ts';
import { createRollupStore } from '../../../adapters/stores/rollup-store.ts';
import { createRunStore } from '../../../adapters/stores/run-store.ts';
import { createSettingsStore } from '../../../adapters/stores/settings-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { structureStores } from '../../../adapters/stores/structure-store.ts';
import { checkInput } from '../../../contracts/etl.ts';
import { configuredRule } from '../../../domain/integrations/quality/configured-rule.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { checkQuality } from './check-quality.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'aws', 'credentials']);
const stores = createStores(config.state.table, {
  accounts: createAccountStore,
  runs: createRunStore,
  imports: createImportStore,
  rollups: createRollupStore,
  quality: createQualityStore,
  settings: createSettingsStore,
  ...structureStores,
});
const lake = createLake(config);
const settings = createSettings(config);

export const handler = stepHandler(checkInput, async (input, { telemetry, remainingMs }) => {
  const own = stores.forWorkspace(input.workspaceId);
  const resolved = await settings.forWorkspace(own);
  return checkQuality(
    {
      stores: own,
      lake,
      descriptorOf: (platform) => descriptors[platform],
      limits: (rule) => configuredRule(rule, resolved),
      now: Date.now,
      telemetry,
      remainingMs,
    },
    input,
  );
});
