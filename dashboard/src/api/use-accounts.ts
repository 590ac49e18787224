import type { Account } from '../../../sdks/javascript/src/generated/api.ts';
import { allPages } from './all-pages.ts';
import { type Query, useQuery } from './use-query.ts';

/** All accounts of all platforms. */
export const useAccounts = (): Query<readonly Account[]> =>
  useQuery('accounts', async (client, signal) =>
    (await allPages((cursor) => client.listAccounts({ query: { limit: 1000, ...cursor } }, { signal }))).flatMap(
      ({ items }) => items,
    ),
  );
