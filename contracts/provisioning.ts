import * as z from 'zod/mini';
import { roles, scopeNames } from './access.ts';
import { currency, platformId, workspaceId } from './schemas/primitives.ts';

/**
 * Input of the operator function `gateway/provision-workspace`: a workspace, who may enter it and what it is connected to.
 * Repeating it with the same `id` changes nothing that is already so.
 */
export const provisionWorkspace = z.strictObject({
  workspace: z.strictObject({
    id: z.optional(workspaceId),
    name: z.string().check(z.minLength(1), z.maxLength(100)),
    currency,
  }),
  members: z.array(
    z.strictObject({
      userId: z.string().register(z.globalRegistry, { description: 'The `sub` of the user in the user pool' }),
      role: z.enum(roles),
    }),
  ),
  clients: z.array(z.strictObject({ clientId: z.string(), scopes: z.array(z.enum(scopeNames)) })),
  connections: z.array(
    z.strictObject({
      platform: platformId,
      name: z.string(),
      managerPlatformId: z.optional(z.string()),
      /** Goes to Secrets Manager and nowhere else. */
      credentials: z.record(z.string(), z.string()),
    }),
  ),
});
export type ProvisionWorkspace = z.infer<typeof provisionWorkspace>;
export const provisionedWorkspace = z.object({ workspaceId, connectionIds: z.array(z.string()) });
export type ProvisionedWorkspace = z.infer<typeof provisionedWorkspace>;
