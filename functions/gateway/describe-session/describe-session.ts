import type { RouteCase } from '../../../adapters/http/api-handler.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import { AppError } from '../../../domain/errors.ts';

/** Who is asking: from the token, and the workspace's name and currency from the store. */
export const describeSession =
  (stores: Stores<'workspace'>): RouteCase<'getSession'> =>
  async ({ principal }) => {
    const workspace = await stores.forWorkspace(principal.workspaceId).workspace.get();
    if (workspace === undefined) throw new AppError('not-found', 'This workspace no longer exists.');
    return { workspace, role: principal.role, scopes: [...principal.scopes] };
  };
