import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import type { Stores } from '../../../adapters/stores/stores.ts';
import { AppError } from '../../../domain/errors.ts';

const defaultLimit = 50;

/** The audit trail of a workspace and whether it is whole. */
export function browseAudit({ stores }: { readonly stores: Stores<'audit'> }) {
  return {
    listAudit: async ({ principal, query }) =>
      stores.forWorkspace(principal.workspaceId).audit.list({ ...query, limit: query.limit ?? defaultLimit }),

    async verifyAudit({ principal, query: { sequence, hash } }) {
      if ((sequence === undefined) !== (hash === undefined)) {
        const missing = sequence === undefined ? 'sequence' : 'hash';
        throw new AppError('invalid-request', 'A head that was noted has both its sequence and its hash.', {
          fields: [{ field: missing, message: 'is missing' }],
        });
      }
      const noted = sequence === undefined || hash === undefined ? undefined : { sequence: Number(sequence), hash };
      return stores.forWorkspace(principal.workspaceId).audit.verify(noted);
    },
  } satisfies RouteCases;
}
