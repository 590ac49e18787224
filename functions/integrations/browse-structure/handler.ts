import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { createStores } from '../../../adapters/stores/stores.ts';
import { browseStructure } from './browse-structure.ts';

const config = readConfig(['state', 'http']);

export const handler = apiHandler(browseStructure(createStores(config.state.table)), config.http);
