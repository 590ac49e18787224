/** The local identity provider: one Cognito user pool from the templates, as an OpenID provider on a loopback port. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Provider } from 'oidc-provider';
import type { UserPoolKeys } from '../gateway/token-verifier.ts';
import type { Clock, FunctionInvoker, LocalService, ResolvedResource } from '../ports.ts';
import { type Client, ClientRegistry, newClientId } from './client-registry.ts';
import { createCognitoService } from './cognito-service.ts';
import { endpoints } from './endpoints.ts';
import { handleLogin } from './login.ts';
import type { DemoSignIn } from './login-page.ts';
import { handleLogout } from './logout.ts';
import { messagePage, sendPage } from './page.ts';
import { type PoolDefinition, readPoolDefinition } from './pool-definition.ts';
import { ProtocolStore } from './protocol-store.ts';
import { providerConfiguration } from './provider-configuration.ts';
import { SignInLimits } from './sign-in-limits.ts';
import { loadSigningKeys } from './signing-keys.ts';
import { shapeTokens } from './token-endpoint.ts';
import { type NewUser, type User, UserDirectory } from './user-directory.ts';
import { handleUserInfo } from './user-info.ts';

export interface IdentityDeps {
  /** All resolved resources; only AWS::Cognito::* are read. */
  readonly resources: readonly ResolvedResource[];
  /** Runs the pre token generation trigger. */
  readonly functions: FunctionInvoker;
  readonly clock: Clock;
  readonly dataDir: string;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Where the dashboard really is: the clients' callback and logout URLs are accepted with this origin as well. */
  readonly dashboardUrl?: string;
  readonly onFailure?: (message: string) => void;
}

export interface Identity {
  /** Origin of the login pages and OAuth endpoints, without a trailing slash. */
  readonly url: string;
  /** `{url}/{poolId}`, as Cognito's issuers end in the pool's id. */
  readonly issuer: string;
  readonly poolId: string;
  readonly tokenUrl: string;
  readonly jwksUri: string;
  /** For the gateway's authorizer. */
  readonly userPools: readonly UserPoolKeys[];
  /** The part of the `cognito-idp` API in use. */
  readonly service: LocalService;
  /** Repeatable: a known address keeps its `sub`. */
  createUser(user: NewUser): Promise<User>;
  /** Repeatable by name: a known client keeps its id and secret. */
  createMachineClient(client: { readonly name: string; readonly scopes: readonly string[] }): {
    readonly clientId: string;
    readonly clientSecret: string;
  };
  /** The secret of a template's or added client, for the boot's summary. */
  findClient(clientId: string): Client | undefined;
  /** Offers these accounts on the login page. */
  showSignIns(demos: readonly DemoSignIn[]): void;
  close(): Promise<void>;
}

/** Throws, naming each, when the templates ask for something that cannot be honoured. */
export async function createIdentity(deps: IdentityDeps): Promise<Identity> {
  const pool = readPoolDefinition(deps.resources.filter((resource) => resource.type.startsWith('AWS::Cognito::')));
  const { clock, dataDir } = deps;
  const onFailure = deps.onFailure ?? (() => undefined);
  const host = deps.host ?? '127.0.0.1';
  let handle: (request: IncomingMessage, response: ServerResponse) => Promise<void> = async () => undefined;
  const server = createServer({ keepAliveTimeout: 60_000, requestTimeout: 60_000 }, (request, response) => {
    response.once('finish', () => {
      if (!server.listening) setImmediate(() => server.closeIdleConnections());
    });
    handle(request, response).catch((error: unknown) => {
      onFailure(error instanceof Error ? (error.stack ?? error.message) : String(error));
      if (response.headersSent) response.destroy();
      else sendPage(response, 500, messagePage('Something went wrong', 'The identity provider could not answer.'));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(deps.port, host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  const url = `http://${host}:${port}`;
  const issuer = `${url}/${pool.id}`;

  const users = new UserDirectory(dataDir, clock);
  const clients = new ClientRegistry(dataDir, pool.clients, (found) => placeUrl(found, deps.dashboardUrl));
  const keys = loadSigningKeys(dataDir);
  // Browsers share cookies between ports of one host: the port in the name keeps two systems apart.
  const cookies = {
    session: `conext_idp_${port}_session`,
    interaction: `conext_idp_${port}_interaction`,
    resume: `conext_idp_${port}_resume`,
  };
  // Built with the bare origin so that its endpoints stand where Cognito's do; the issuer it writes ends in the pool's id.
  const provider = new Provider(
    url,
    providerConfiguration({ origin: url, pool, clients, users, keys, store: new ProtocolStore(dataDir), cookies }),
  );
  provider.issuer = issuer;
  provider.on('server_error', (_ctx, error) => onFailure(error.stack ?? error.message));
  shapeTokens(provider, { issuer, pool, keys, clients, users, functions: deps.functions, clock, onFailure });
  const passOn = provider.callback();
  const limits = new SignInLimits(clock);
  let demos: readonly DemoSignIn[] = [];

  handle = async (request, response) => {
    if (
      !loopbackHosts.has((request.headers.host ?? '').replace(/:\d+$/, '')) &&
      request.headers.host !== `${host}:${port}`
    ) {
      // A page of the outside world that resolves its own name to this machine must not sign anyone in.
      return sendPage(response, 421, messagePage('Wrong address', `This identity provider answers at ${url}.`));
    }
    request.headers.host = `${host}:${port}`;
    const path = withoutPool(request, pool.id);
    if (path.startsWith(`${endpoints.login}/`))
      return handleLogin({ provider, users, limits, demos: () => demos }, request, response);
    if (path === endpoints.logout) return handleLogout(provider, clients, [cookies.session], request, response);
    if (path === endpoints.userInfo) {
      return handleUserInfo(
        { issuer, keys, users, clock, allowsOrigin: (origin) => clients.allows(origin) },
        request,
        response,
      );
    }
    if (path === endpoints.authorization) defaultScopes(request, clients);
    return passOn(request, response);
  };

  return {
    url,
    issuer,
    poolId: pool.id,
    tokenUrl: url + endpoints.token,
    jwksUri: url + endpoints.jwks,
    userPools: [{ arn: pool.arn, issuer, jwksUri: url + endpoints.jwks }],
    service: createCognitoService({ pool, users, clients }),
    createUser: (user) => users.put(user),
    createMachineClient: (client) => machineClient(clients, pool, client),
    findClient: (id) => clients.find(id),
    showSignIns: (list) => {
      demos = list;
    },
    close: async () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeIdleConnections();
      const cut = setTimeout(() => server.closeAllConnections(), 2_000);
      await closed;
      clearTimeout(cut);
    },
  };
}

const loopbackHosts = new Set(['127.0.0.1', 'localhost', '[::1]']);

/**
 * A loopback URL of the templates means the dashboard, wherever its port was moved to; one on a domain of the outside
 * world gains the same address here. Either name of this machine will do.
 */
function placeUrl(url: string, dashboardUrl: string | undefined): string[] {
  if (dashboardUrl === undefined || !URL.canParse(url)) return [url];
  const found = new URL(url);
  const dashboard = new URL(dashboardUrl);
  const names = loopbackHosts.has(dashboard.hostname) ? ['127.0.0.1', 'localhost'] : [dashboard.hostname];
  const port = dashboard.port === '' ? '' : `:${dashboard.port}`;
  const here = names.map((name) => `${dashboard.protocol}//${name}${port}${found.pathname}${found.search}`);
  return loopbackHosts.has(found.hostname) ? here : [url, ...here];
}

/** Cognito's discovery and keys lie under the pool's id; both forms are served. Returns the path. */
function withoutPool(request: IncomingMessage, poolId: string): string {
  const url = request.url ?? '/';
  if (url.startsWith(`/${poolId}/`)) request.url = url.slice(poolId.length + 1);
  return (request.url ?? '/').split('?')[0] ?? '/';
}

/** Naming no scope asks for all of the client's. */
function defaultScopes(request: IncomingMessage, clients: ClientRegistry): void {
  const asked = new URL(request.url ?? '/', 'http://localhost');
  const client = clients.find(asked.searchParams.get('client_id') ?? '');
  if (client === undefined || (asked.searchParams.get('scope') ?? '') !== '') return;
  asked.searchParams.set('scope', client.scopes.join(' '));
  request.url = asked.pathname + asked.search;
}

function machineClient(
  clients: ClientRegistry,
  pool: PoolDefinition,
  { name, scopes }: { readonly name: string; readonly scopes: readonly string[] },
): { readonly clientId: string; readonly clientSecret: string } {
  const unknown = scopes.find((scope) => !pool.customScopes.includes(scope));
  if (unknown !== undefined)
    throw new Error(`The machine client ${name} asks for the scope ${unknown}, which no resource server defines.`);
  const made = clients.put({
    id: clients.findAddedByName(name)?.id ?? newClientId(),
    name,
    hasSecret: true,
    flows: ['client_credentials'],
    scopes,
    callbackUrls: [],
    logoutUrls: [],
    validity: { access: 3_600, id: 3_600, refresh: 30 * 86_400 },
  });
  return { clientId: made.id, clientSecret: made.secret ?? '' };
}
