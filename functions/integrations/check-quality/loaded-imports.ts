import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { DateWindow } from '../../../domain/integrations/platform.ts';

const pageSize = 100;
/** The newest thousand imports of a workspace are looked at. */
const mostPages = 10;

/** By account, the days that imported reports brought and nobody took away again. */
export async function loadedImports({
  imports,
}: Pick<WorkspaceStores, 'imports'>): Promise<ReadonlyMap<string, readonly DateWindow[]>> {
  const windows = new Map<string, DateWindow[]>();
  let cursor: string | null = null;
  for (let page = 0; page < mostPages; page += 1) {
    const { items, nextCursor }: Awaited<ReturnType<WorkspaceStores['imports']['list']>> = await imports.list({
      limit: pageSize,
      ...(cursor !== null && { cursor }),
    });
    for (const { accountId, state, from, to, rowsLoaded } of items) {
      if (accountId === null || from === null || to === null || rowsLoaded === 0) continue;
      // One that is being loaded has its facts already when its check begins.
      if (state !== 'loaded' && state !== 'loading') continue;
      windows.set(accountId, [...(windows.get(accountId) ?? []), { from, to }]);
    }
    if (nextCursor === null) break;
    cursor = nextCursor;
  }
  return windows;
}
