import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { createSettings } from '../../../adapters/settings.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { checkInput } from '../../../contracts/etl.ts';
import { configuredRule } from '../../../domain/integrations/quality/configured-rule.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { checkQuality } from './check-quality.ts';

const config = readConfig(['state', 'lake', 'parameters', 'settings', 'aws', 'credentials']);
const stores = createStores(config.state.table);
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
