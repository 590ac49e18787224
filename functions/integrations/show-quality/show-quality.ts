import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import { AppError } from '../../../domain/errors.ts';

/** Results of a page when the caller names no limit. */
const defaultLimit = 100;

/** What the checks say of the workspace's data. */
export function showQuality({ stores }: { readonly stores: Stores<'accounts' | 'runs' | 'quality'> }) {
  return {
    async listQuality({ principal: { workspaceId }, query }) {
      const { accountId, runId, severity, limit, cursor } = query;
      const own = stores.forWorkspace(workspaceId);
      if (accountId !== undefined && (await own.accounts.get(accountId)) === undefined) {
        throw new AppError('not-found', `There is no account ${accountId} in this workspace.`);
      }
      const page = await own.quality.list({
        limit: limit ?? defaultLimit,
        ...(accountId !== undefined && { accountId }),
        ...(runId !== undefined && { runId }),
        ...(severity !== undefined && { severity }),
        ...(cursor !== undefined && { cursor }),
      });
      // Of an import there are results but no run that is listed.
      if (runId !== undefined && page.items.length === 0 && (await own.runs.get(runId)) === undefined) {
        throw new AppError('not-found', `There is no run ${runId} in this workspace.`);
      }
      return page;
    },
  } satisfies RouteCases;
}
