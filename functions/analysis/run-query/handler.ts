import { createAnalystQueries } from '../../../adapters/analyst-query.ts';
import { readConfig } from '../../../adapters/config.ts';
import { apiHandler } from '../../../adapters/http/api-handler.ts';
import { runQueryRoutes } from '../../../contracts/routes/run-query.ts';
import { runQuery } from './run-query.ts';

const config = readConfig(['warehouse', 'aws', 'credentials', 'http']);

export const handler = apiHandler(
  runQueryRoutes,
  { runQuery: runQuery(createAnalystQueries(config), Date.now) },
  config.http,
);
