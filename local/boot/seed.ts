/** Fills an empty system with a workspace, people, machine clients and connections, through the doors that operators use. */
import { createHash } from 'node:crypto';
import type { FunctionRuntime } from '../functions/function-runtime.ts';
import type { Identity } from '../identity/create-identity.ts';
import type { ResolvedResource } from '../ports.ts';
import { isObject, objectsOf, optionalText, textsOf } from '../services/json-protocol.ts';
import { DEMO_ROLES, type DemoRole, type HomeState } from './home-state.ts';
import type { RunningSimulator } from './simulator-process.ts';
import { StartError } from './start-error.ts';

export interface MachineClient {
  readonly clientId: string;
  readonly clientSecret: string;
  /** As tokens carry them: `conext/metrics.read`. */
  readonly scopes: readonly string[];
}

export interface DemoUser {
  readonly email: string;
  readonly password: string;
}

export interface Seeded {
  readonly workspaceId: string;
  readonly clients: Readonly<Record<string, MachineClient>>;
  readonly users: Readonly<Record<DemoRole, DemoUser>>;
}

export interface SeedParts {
  readonly home: HomeState;
  readonly resources: readonly ResolvedResource[];
  readonly identity: Identity;
  readonly functions: FunctionRuntime;
  readonly simulator: RunningSimulator;
}

/** A client that may only look, beside those of the templates. */
const READER = 'reporting';
/** What is each connection's own among the credentials; the rest is the app's, which all connections of a platform share. */
const DEMO_CONNECTIONS = [
  { platform: 'google-ads', name: 'Simulated Google Ads', grant: 'refreshToken', manager: 'managerCustomerId' },
  { platform: 'tiktok-ads', name: 'Simulated TikTok Ads', grant: 'accessToken', manager: undefined },
  { platform: 'linkedin-ads', name: 'Simulated LinkedIn Ads', grant: 'refreshToken', manager: undefined },
] as const;
const WORKSPACE = { name: 'Running shoes', currency: 'EUR' };

/** Repeatable: the function is only asked again when something it is told has changed. */
export async function seed(parts: SeedParts): Promise<Seeded> {
  const { home, identity, simulator } = parts;
  const { workspaceId } = home.state;
  const clients = machineClients(parts);
  const members: { userId: string; role: DemoRole }[] = [];
  const users: Partial<Record<DemoRole, DemoUser>> = {};
  for (const role of DEMO_ROLES) {
    const user = { email: `${role}@conext.example`, password: home.state.passwords[role] ?? '' };
    // Hashing a password takes a noticeable while, on purpose; what is known is not hashed again.
    const sub = home.state.userIds[role] ?? (await identity.createUser(user)).sub;
    home.state.userIds[role] = sub;
    members.push({ userId: sub, role });
    users[role] = user;
  }
  const order = {
    workspace: { id: workspaceId, ...WORKSPACE },
    members,
    clients: Object.values(clients).map(({ clientId, scopes }) => ({ clientId, scopes: scopes.map(bareScope) })),
    connections: DEMO_CONNECTIONS.map(({ platform, name, grant, manager }) => {
      const held = simulator.platforms[platform] ?? {};
      const managerPlatformId = manager === undefined ? undefined : held[manager];
      return {
        platform,
        name,
        ...(managerPlatformId === undefined ? {} : { managerPlatformId }),
        credentials: { [grant]: held[grant] ?? '' },
      };
    }),
  };
  const fingerprint = createHash('sha256').update(JSON.stringify(order)).digest('hex');
  if (home.state.provisioned !== fingerprint) {
    await provisionWorkspace(parts.functions, order);
    home.state.provisioned = fingerprint;
    home.save();
  }
  identity.showSignIns(
    DEMO_ROLES.map((role) => ({
      label: role.charAt(0).toUpperCase() + role.slice(1),
      email: users[role]?.email ?? '',
      password: users[role]?.password ?? '',
    })),
  );
  return { workspaceId, clients, users: users as Record<DemoRole, DemoUser> };
}

async function provisionWorkspace(functions: FunctionRuntime, order: object): Promise<void> {
  const provisioner = functions.definitions().find(({ name }) => name.endsWith('gateway-provision-workspace'));
  if (provisioner === undefined) {
    throw new StartError(
      'The templates hold no function gateway-provision-workspace; build and synthesize them again.',
    );
  }
  const result = await functions.invoke(provisioner.arn, order);
  if (!result.ok) {
    throw new StartError(
      `The demo workspace could not be made: ${result.error.errorType}: ${result.error.errorMessage} (see logs/${provisioner.name}.log).`,
    );
  }
}

function machineClients({ resources, identity }: SeedParts): Readonly<Record<string, MachineClient>> {
  const clients: Record<string, MachineClient> = {};
  for (const resource of resources) {
    if (resource.type !== 'AWS::Cognito::UserPoolClient') continue;
    if (!textsOf(resource.properties, 'AllowedOAuthFlows').includes('client_credentials')) continue;
    const client = identity.findClient(resource.physicalId);
    if (client?.secret === undefined) continue;
    clients[optionalText(resource.properties, 'ClientName') ?? resource.logicalId] = {
      clientId: client.id,
      clientSecret: client.secret,
      scopes: textsOf(resource.properties, 'AllowedOAuthScopes'),
    };
  }
  const readScopes = scopesOf(resources).filter((scope) => scope.endsWith('.read'));
  clients[READER] = { ...identity.createMachineClient({ name: READER, scopes: readScopes }), scopes: readScopes };
  return clients;
}

function scopesOf(resources: readonly ResolvedResource[]): readonly string[] {
  return resources
    .filter((resource) => resource.type === 'AWS::Cognito::UserPoolResourceServer')
    .flatMap((server) =>
      objectsOf(server.properties, 'Scopes')
        .filter(isObject)
        .map((scope) => `${String(server.properties.Identifier)}/${String(scope.ScopeName)}`),
    );
}

function bareScope(scope: string): string {
  return scope.split('/').at(-1) ?? scope;
}
