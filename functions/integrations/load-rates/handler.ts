import * as z from 'zod/mini';
import { readConfig } from '../../../adapters/config.ts';
import { createParameters } from '../../../adapters/parameters.ts';
import { stepHandler } from '../../../adapters/step-handler.ts';
import { createRateStore } from '../../../adapters/stores/rate-store.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { loadRates } from './load-rates.ts';

const config = readConfig(['state', 'parameters', 'aws', 'credentials']);
const stores = createStores(config.state.table, {}, { rates: createRateStore });
const parameters = createParameters(config);

export const handler = stepHandler(z.object({}), async (_, { signal }) => {
  const endpoint = (await parameters.endpoints())['exchange-rates']?.ecb;
  return loadRates({ rates: stores.rates, endpoint, signal });
});
