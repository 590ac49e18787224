import { createHash } from 'node:crypto';
import type { RouteRequest } from '../../../adapters/http/api-handler.ts';
import type { AuthorizationRecord } from '../../../adapters/stores/authorization-store.ts';
import type { ConnectionRecord } from '../../../adapters/stores/workspace-store.ts';
import type { StartAuthorizationBody } from '../../../contracts/schemas/connections.ts';
import { AppError } from '../../../domain/errors.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';
import {
  type AuthorizationOwner,
  authorizationIdIn,
  authorizationMs,
  codeChallengeOf,
  codeVerifierFor,
  type GrantOutcome,
  isStateOf,
  stateFor,
} from '../../../domain/integrations/oauth.ts';
import { appAt, type ConnectionPlatform, type ConnectionPorts, noConnection } from './ports.ts';

const hashOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64url');

/** Where to send the browser, and the state that comes back from there. */
export async function startAuthorization(
  ports: ConnectionPorts,
  { principal, body, idempotencyKey }: RouteRequest<'startAuthorization'>,
) {
  const { workspaceId, subject } = principal;
  const own = ports.stores.forWorkspace(workspaceId);
  const now = ports.now();
  checkReturn(body.returnTo, ports.allowedOrigin);
  if (body.connectionId !== undefined) await requireSamePlatform(ports, workspaceId, body.connectionId, body.platform);
  const app = await appAt(ports, body.platform);

  const id =
    idempotencyKey === undefined ? newId('aut', now) : derivedId('aut', [workspaceId, subject, idempotencyKey]);
  const wanted: AuthorizationRecord = {
    id,
    platform: body.platform,
    subject,
    redirectUri: body.returnTo,
    connectionId: body.connectionId ?? null,
    name: body.name ?? null,
    managerPlatformId: body.managerPlatformId ?? null,
    status: 'open',
    codeHash: null,
    requestHash: requestHash(body),
    validUntil: new Date(now + authorizationMs).toISOString(),
  };
  const isNew = await own.authorizations.create(wanted);
  const record = isNew ? wanted : ((await own.authorizations.get(id)) ?? wanted);
  if (record.requestHash !== wanted.requestHash) throw usedForAnother();

  const { app: fields, page } = ports.authorizationOf(body.platform);
  const secret = app[fields.secret] ?? '';
  const owner: AuthorizationOwner = { authorizationId: id, workspaceId, subject };
  const state = stateFor(secret, owner);
  const authorizationUrl = page({
    app,
    redirectUri: record.redirectUri,
    state,
    codeChallenge: codeChallengeOf(codeVerifierFor(secret, owner)),
    endpoints: await ports.endpointsOf(body.platform),
  });
  return { authorizationUrl, state, expiresAt: record.validUntil };
}

/**
 * Exchanges the code and keeps what comes of it. A state is good once, for the person who began, in the workspace where they
 * began; the same state with the same code answers what it did the first time.
 */
export async function completeAuthorization(
  ports: ConnectionPorts,
  { principal, body, idempotencyKey }: RouteRequest<'completeAuthorization'>,
): Promise<ConnectionRecord> {
  const { workspaceId, subject } = principal;
  const own = ports.stores.forWorkspace(workspaceId);
  const now = ports.now();
  const { state } = body;
  const codeHash = hashOf(body.code);
  if (idempotencyKey !== undefined) {
    const key = derivedId('key', [subject, idempotencyKey]);
    if (!(await own.authorizations.reserve(key, hashOf([state, codeHash]), now))) throw usedForAnother();
  }
  const id = authorizationIdIn(state);
  const record = id === undefined ? undefined : await own.authorizations.get(id);
  if (record === undefined || record.subject !== subject) throw unknownState();
  const { platform } = record;
  const app = await appAt(ports, platform);
  const authorization = ports.authorizationOf(platform);
  const secret = app[authorization.app.secret] ?? '';
  const owner: AuthorizationOwner = { authorizationId: record.id, workspaceId, subject };
  if (!isStateOf(secret, owner, state)) throw unknownState();

  if (record.status === 'done' && record.codeHash === codeHash && record.connectionId !== null) {
    const made = await own.workspace.connection(record.connectionId);
    if (made !== undefined) return made;
  }
  // From here on the state is used up: two completions at once find one of them too late.
  if (!(await own.authorizations.claim(record.id, { codeHash, now: new Date(now).toISOString() })))
    throw unknownState();

  const answer = await ports.oauth.ask(
    authorization.exchange({
      app,
      code: body.code,
      redirectUri: record.redirectUri,
      codeVerifier: codeVerifierFor(secret, owner),
      endpoints: await ports.endpointsOf(platform),
    }),
  );
  const outcome = authorization.readGrant(answer, ports.now());
  if (outcome.kind !== 'granted') {
    ports.telemetry.warn('an authorization failed', { workspaceId, platform, outcome: outcome.kind });
    if (outcome.kind === 'unavailable') await own.authorizations.release(record.id);
    throw refusal(outcome);
  }
  const connection = await keepGrant(ports, workspaceId, record, outcome);
  await own.authorizations.finish(record.id, connection.id);
  return connection;
}

/** Credentials first, so that a connection always has some. */
async function keepGrant(
  ports: ConnectionPorts,
  workspaceId: string,
  record: AuthorizationRecord,
  grant: Extract<GrantOutcome, { kind: 'granted' }>,
): Promise<ConnectionRecord> {
  const { workspace } = ports.stores.forWorkspace(workspaceId);
  const existing =
    record.connectionId === null
      ? undefined
      : await requireSamePlatform(ports, workspaceId, record.connectionId, record.platform);
  const id = existing?.id ?? derivedId('con', [workspaceId, record.id]);
  const at = new Date(ports.now()).toISOString();
  await ports.keeping.put(id, grant.credentials);
  await workspace.putConnection({
    id,
    platform: record.platform,
    name: record.name ?? existing?.name ?? ports.descriptorOf(record.platform).name,
    managerPlatformId: record.managerPlatformId ?? existing?.managerPlatformId ?? null,
    createdAt: existing?.createdAt ?? at,
    revision: (existing?.revision ?? 0) + 1,
    paused: existing?.paused ?? false,
    authorizedAt: at,
    tokenExpiresAt: grant.expiresAt,
    lastSuccessAt: existing?.lastSuccessAt ?? null,
    lastFailureAt: existing?.lastFailureAt ?? null,
    lastFailure: existing?.lastFailure ?? null,
    accountsReached: grant.accountsReached ?? existing?.accountsReached ?? null,
  });
  const kept = await workspace.connection(id);
  if (kept === undefined) throw new AppError('internal', `Connection ${id} was not kept.`);
  return kept;
}

async function requireSamePlatform(
  ports: ConnectionPorts,
  workspaceId: string,
  connectionId: string,
  platform: ConnectionPlatform,
): Promise<ConnectionRecord> {
  const connection = await ports.stores.forWorkspace(workspaceId).workspace.connection(connectionId);
  if (connection === undefined) throw noConnection(connectionId);
  if (connection.platform !== platform) {
    throw new AppError('invalid-request', 'A connection is authorized again at its own platform.', {
      fields: [{ field: 'platform', message: `the connection is to ${connection.platform}` }],
    });
  }
  return connection;
}

/** The code comes back in the address: nobody but the dashboard may be sent it, and platforms compare it as a whole. */
function checkReturn(returnTo: string, allowedOrigin: string): void {
  const url = new URL(returnTo);
  const problem =
    url.origin !== new URL(allowedOrigin).origin
      ? `must be an address on ${allowedOrigin}`
      : url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== ''
        ? 'must have neither query nor fragment'
        : undefined;
  if (problem === undefined) return;
  throw new AppError('invalid-request', 'The browser cannot be sent back there.', {
    fields: [{ field: 'returnTo', message: problem }],
  });
}

const requestHash = (body: StartAuthorizationBody): string =>
  hashOf([body.platform, body.returnTo, body.connectionId ?? null, body.name ?? null, body.managerPlatformId ?? null]);

const usedForAnother = (): AppError =>
  new AppError('idempotency-mismatch', 'This idempotency key was used for another request. Take a new one.');

/** One sentence for every reason, so that a guess learns nothing. */
const unknownState = (): AppError =>
  new AppError('invalid-request', 'This authorization is unknown, over or somebody else’s. Begin again.', {
    fields: [{ field: 'state', message: 'is not one of yours that is still open' }],
  });

const refusal = (outcome: Exclude<GrantOutcome, { kind: 'granted' }>): AppError =>
  outcome.kind === 'refused'
    ? new AppError('invalid-request', outcome.reason, { fields: [{ field: 'code', message: 'was not accepted' }] })
    : new AppError(outcome.kind === 'misconfigured' ? 'conflict' : 'unavailable', outcome.reason);
