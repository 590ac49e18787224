import * as z from 'zod/mini';
import { count, instant, isoDate, platformId, prefixedId } from './primitives.ts';

export const connectionId = prefixedId('con', 'Connection id');
export const connectionPath = z.strictObject({ connectionId });

const connectionName = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(100))
  .register(z.globalRegistry, { description: 'What people call it' });

/** What the last contact with the platform says of a connection. */
export const connectionStates = ['unchecked', 'healthy', 'failing', 'paused'] as const;

export const connectionHealth = z
  .object({
    state: z.enum(connectionStates).register(z.globalRegistry, {
      description: '`unchecked` until the first contact after it was made; `paused` by a person',
    }),
    lastSuccessAt: z
      .nullable(instant)
      .register(z.globalRegistry, { description: 'When the platform last listed the accounts' }),
    lastFailureAt: z.nullable(instant),
    lastFailure: z
      .nullable(z.string())
      .register(z.globalRegistry, { description: 'Why it last failed, in words; stays after it works again' }),
    accountsReached: z
      .nullable(count)
      .register(z.globalRegistry, { description: 'Accounts the platform listed at the last success' }),
  })
  .register(z.globalRegistry, { id: 'ConnectionHealth', description: 'How a connection fares' });

export const connection = z
  .object({
    id: connectionId,
    platform: platformId,
    name: connectionName,
    paused: z.boolean().register(z.globalRegistry, { description: 'No load asks the platform through it' }),
    managerPlatformId: z
      .nullable(z.string())
      .register(z.globalRegistry, { description: 'Google Ads: the manager account whose clients are read' }),
    createdAt: instant,
    authorizedAt: z
      .nullable(instant)
      .register(z.globalRegistry, { description: 'When somebody last authorized it; null when an operator set it up' }),
    tokenExpiresAt: z.nullable(instant).register(z.globalRegistry, {
      description: 'When the grant ends and somebody must authorize again; null where the platform sets no end',
    }),
    apiVersion: z.object({
      inUse: z.string().register(z.globalRegistry, { description: 'The version of the platform’s API that is asked' }),
      sunset: z.nullable(isoDate).register(z.globalRegistry, {
        description: 'The platform answers it no longer from this day on; null when not announced',
      }),
    }),
    health: connectionHealth,
  })
  .register(z.globalRegistry, { id: 'Connection', description: 'A grant to read accounts of an ad platform' });
export type Connection = z.infer<typeof connection>;

export const connectionList = z
  .object({ items: z.array(connection) })
  .register(z.globalRegistry, { id: 'ConnectionList', description: 'All connections; a workspace has a handful' });

export const startAuthorizationBody = z
  .strictObject({
    platform: platformId,
    returnTo: z.url().check(z.maxLength(500)).register(z.globalRegistry, {
      description:
        'Where the platform sends the browser back to, on the dashboard’s origin, without query or fragment; it must be registered with the platform’s app',
    }),
    connectionId: z
      .optional(connectionId)
      .register(z.globalRegistry, { description: 'Authorizes this connection again: it keeps its id and accounts' }),
    name: z
      .optional(connectionName)
      .register(z.globalRegistry, { description: 'Of the new connection; the platform’s name by default' }),
    managerPlatformId: z
      .optional(z.string().check(z.regex(/^[\d-]{1,20}$/)))
      .register(z.globalRegistry, { description: 'Google Ads: the manager account whose clients are to be read' }),
  })
  .register(z.globalRegistry, { id: 'AuthorizationRequest' });
export type StartAuthorizationBody = z.infer<typeof startAuthorizationBody>;

export const startedAuthorization = z
  .object({
    authorizationUrl: z.url().register(z.globalRegistry, { description: 'Send the browser here' }),
    state: z.string().register(z.globalRegistry, {
      description: 'What the platform hands back with the code; good once, for the caller alone',
    }),
    expiresAt: instant,
  })
  .register(z.globalRegistry, { id: 'StartedAuthorization', description: 'The first half of a sign-in at a platform' });

export const completeAuthorizationBody = z
  .strictObject({
    state: z.string().check(z.minLength(1), z.maxLength(200)),
    code: z.string().check(z.minLength(1), z.maxLength(2048)).register(z.globalRegistry, {
      description: '`code`, or TikTok’s `auth_code`, from the address the platform sent the browser to',
    }),
  })
  .register(z.globalRegistry, { id: 'AuthorizationCode' });

export const changeConnectionBody = z
  .strictObject({ name: z.optional(connectionName), paused: z.optional(z.boolean()) })
  .register(z.globalRegistry, { id: 'ConnectionChange' });

export const revocations = ['revoked', 'not-supported', 'failed'] as const;
export const removedConnection = z
  .object({
    id: connectionId,
    revocation: z.enum(revocations).register(z.globalRegistry, {
      description: 'Whether the platform took the grant back; otherwise remove the app in the platform’s own settings',
    }),
    credentialsDeletedAt: z.iso
      .datetime()
      .register(z.globalRegistry, { description: 'Until then an operator can restore the credentials' }),
    accountsDisabled: count,
  })
  .register(z.globalRegistry, { id: 'RemovedConnection', description: 'What became of a connection; its facts stay' });
