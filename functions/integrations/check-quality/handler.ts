import { readConfig } from '../../../adapters/config.ts';
import { createLake } from '../../../adapters/lake.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { publishInput } from '../../../contracts/etl.ts';
import { descriptors } from '../../../platforms/registry.ts';
import { checkQuality } from './check-quality.ts';

const config = readConfig(['state', 'lake', 'aws', 'credentials']);
const stores = createStores(config.state.table);
const lake = createLake(config);

export const handler = stepHandler(publishInput, (input, { telemetry, remainingMs }) =>
  checkQuality(
    {
      stores: stores.forWorkspace(input.workspaceId),
      lake,
      descriptorOf: (platform) => descriptors[platform],
      now: Date.now,
      telemetry,
      remainingMs,
    },
    input,
  ),
);
