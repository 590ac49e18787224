/** Starts the whole system in this process: what `npm start` runs, and what tests run on free ports in a folder of their own. */
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { openCredentialBook } from '../endpoint/credentials.ts';
import { startEndpoint } from '../endpoint/endpoint-server.ts';
import { createServiceRouter } from '../endpoint/service-router.ts';
import { FunctionLog } from '../functions/function-log.ts';
import type { FunctionTimings } from '../functions/function-pool.ts';
import { createGateway } from '../gateway/create-gateway.ts';
import { createHosting } from '../hosting/create-hosting.ts';
import type { AccessControl } from '../iam/access-control.ts';
import { createIdentity } from '../identity/create-identity.ts';
import { AwsError, type Caller, type InvokeResult } from '../ports.ts';
import { textsOf } from '../services/json-protocol.ts';
import { loadAssembly, withParameters } from '../template/load-assembly.ts';
import { evolveTables } from './evolve-tables.ts';
import { loadHistory } from './first-load.ts';
import { lockHome } from './home-lock.ts';
import { type HomeState, openHome, settleSimulator } from './home-state.ts';
import { loadRates } from './load-rates.ts';
import { type LocalDescription, removeLocalJson, writeLocalJson } from './local-json.ts';
import { createLocalServices } from './local-services.ts';
import { machineToken } from './machine-token.ts';
import { openTemplates } from './open-templates.ts';
import { asSentence, inOneSentence, plain } from './plain-errors.ts';
import { keepApps, platformEndpoints, secretPrefixOf } from './platform-apps.ts';
import { planPorts } from './port-plan.ts';
import { type Progress, SILENT } from './progress.ts';
import { seed } from './seed.ts';
import { startSimulator } from './simulator-process.ts';
import { StartError } from './start-error.ts';
import { Teardown } from './teardown.ts';

export interface StartOptions {
  /** The synthesized cloud assembly. */
  readonly cdkOut: string;
  /** The built dashboard. */
  readonly dashboardFolder: string;
  /** Everything the system keeps; deleting it is a reset. */
  readonly home: string;
  /** The first of eight ports; 0 takes any free ones. */
  readonly portBase: number;
  readonly simulator: {
    /** Its entry file. */
    readonly program: string;
    readonly seed?: number | undefined;
    readonly days?: number | undefined;
  };
  /** A DynamoDB Local that runs already, instead of the emulator. */
  readonly databaseEndpoint?: string | undefined;
  /** Loads the simulator's history the first time; default true. */
  readonly load?: boolean;
  readonly progress?: Progress;
  /** Gives up the start. */
  readonly signal?: AbortSignal;
}

export interface RunningSystem {
  /** As written to `local.json`. */
  readonly description: LocalDescription;
  /** The AWS endpoint, and keys that may do everything. */
  readonly aws: { readonly endpointUrl: string; readonly accessKeyId: string; readonly secretAccessKey: string };
  readonly region: string;
  /** What went wrong in the first load without stopping it, a sentence an account. */
  readonly warnings: readonly string[];
  /**
   * Settles when search terms, assets and audience breakdowns are loaded too, with the accounts that could not be; that goes on
   * after the start.
   */
  readonly segments: Promise<readonly string[]>;
  /** Whether that load goes on after this start. */
  readonly loadingSegments: boolean;
  /** An access token of a machine client by its name. */
  token(client: string): Promise<string>;
  functionTimings(): readonly FunctionTimings[];
  /** Calls a function past every door, for measuring; by the end of its name, `integrations-browse-structure`. */
  invoke(name: string, payload: unknown): Promise<InvokeResult>;
  /** Resolves with a sentence when a part is lost that the system cannot run without. */
  readonly lost: Promise<string>;
  /** Ends everything that was started. */
  stop(): Promise<void>;
}

const OPERATOR = 'operator';

/** Rejects with `StartError` when it cannot; nothing is left running then. */
export async function startLocal(options: StartOptions): Promise<RunningSystem> {
  const teardown = new Teardown();
  try {
    return await start(options, teardown);
  } catch (error) {
    await teardown.run();
    throw plain(error);
  }
}

async function start(options: StartOptions, teardown: Teardown): Promise<RunningSystem> {
  const { progress = SILENT, signal = new AbortController().signal } = options;
  const path = resolve(options.home);

  progress.step('Reading the templates');
  const assembly = loadAssembly(options.cdkOut);
  const place = placeOf(assembly.stacks);
  mkdirSync(path, { recursive: true });
  const lock = lockHome(path);
  teardown.add(() => lock.release());
  removeLocalJson(path);
  const home = openHome(path);
  const market = settleSimulator(home, path, { seed: options.simulator.seed, days: options.simulator.days });
  const ports = await planPorts(options.portBase);
  const dashboardUrl = `http://127.0.0.1:${ports.dashboard}`;
  signal.throwIfAborted();

  const logsFolder = join(path, 'logs');
  const systemLog = new FunctionLog(join(logsFolder, 'system.log'));
  teardown.add(() => systemLog.settled());
  const log = (message: string, error?: unknown): void => {
    const cause =
      error instanceof Error ? `: ${error.stack ?? error.message}` : error === undefined ? '' : `: ${error}`;
    systemLog.write(`${new Date().toISOString()} ${message}${cause}\n`);
  };

  progress.step('Starting the AWS services');
  const credentials = openCredentialBook(join(path, 'credentials-seed'));
  const operator = credentials.issue(OPERATOR, undefined);
  let accessControl: AccessControl = DENY_ALL;
  const router = createServiceRouter({ accessControl: () => accessControl, log });
  const endpoint = await startEndpoint({ router, credentials, port: ports.endpoint, log });
  teardown.add(() => endpoint.close());
  const services = inOneSentence(() =>
    createLocalServices({
      ...place,
      dataDir: path,
      logsFolder,
      clock: Date.now,
      endpointUrl: endpoint.url,
      router,
      credentials,
      accessControl: () => accessControl,
      databasePort: ports.database,
      databaseEndpoint: options.databaseEndpoint,
      log,
    }),
  );
  teardown.add(() => services.close());

  progress.step('Starting the simulated ad platforms');
  const simulatorStart = startSimulator(
    { program: options.simulator.program, ...market, editsFile: join(path, 'simulator-edits.jsonl') },
    options.portBase,
  );
  teardown.add(async () => (await simulatorStart.catch(() => undefined))?.stop());
  await services.database.ready().catch(asSentence);

  progress.step('Provisioning what the templates declare');
  const addresses = {
    endpointUrl: endpoint.url,
    apiUrl: `http://127.0.0.1:${ports.api}`,
    identityUrl: `http://127.0.0.1:${ports.identity}`,
  };
  // Ports are decided only now; the templates leave a parameter for the one address that functions must know.
  const settled = withParameters(assembly, { DashboardOrigin: dashboardUrl });
  const templates = openTemplates(settled, addresses, place.accountId, services.provisioners);
  accessControl = templates.accessControl;
  const { resources } = templates;
  for (const resource of resources) {
    const provisioner = services.provisioners.find(({ types }) => types.includes(resource.type));
    await provisioner?.provision(resource);
  }
  signal.throwIfAborted();
  const simulator = await simulatorStart;
  const operatorCaller: Caller = { accessKeyId: operator.accessKeyId, roleArn: undefined, label: OPERATOR };
  await router.call({
    service: 'ssm',
    operation: 'PutParameter',
    caller: operatorCaller,
    body: JSON.stringify({
      Name: endpointsParameter(resources.map(({ physicalId }) => physicalId)),
      Type: 'String',
      Overwrite: true,
      Value: JSON.stringify({
        ...platformEndpoints(simulator),
        ...(simulator.ratesUrl === undefined ? {} : { 'exchange-rates': { ecb: simulator.ratesUrl } }),
      }),
    }),
  });

  await keepApps(router, operatorCaller, secretPrefixOf(resources), simulator);

  progress.step('Opening sign-in, API and dashboard');
  const identity = await createIdentity({
    resources,
    functions: services.functions,
    clock: Date.now,
    dataDir: path,
    port: ports.identity,
    dashboardUrl,
    onFailure: (message) => log(`identity: ${message}`),
  });
  teardown.add(() => identity.close());
  router.add(identity.service);
  const gateway = await createGateway({
    resources,
    functions: services.functions,
    userPools: identity.userPools,
    clock: Date.now,
    accountId: place.accountId,
    port: ports.api,
    dataDir: path,
    onFailure: (requestId, message) => log(`gateway ${requestId}: ${message}`),
  });
  teardown.add(() => gateway.close());
  const dashboardClient = resources.find(
    ({ type, properties }) =>
      type === 'AWS::Cognito::UserPoolClient' && textsOf(properties, 'AllowedOAuthFlows').includes('code'),
  );
  const hosting = await createHosting({
    resources,
    folder: options.dashboardFolder,
    config: () => ({
      apiUrl: gateway.url,
      issuer: identity.issuer,
      clientId: dashboardClient?.physicalId ?? '',
      scopes: textsOf(dashboardClient?.properties ?? {}, 'AllowedOAuthScopes'),
    }),
    localOrigins: { 'connect-src': [gateway.url, identity.url], 'img-src': [endpoint.url] },
    port: ports.dashboard,
    onFailure: (message) => log(`dashboard: ${message}`),
  });
  teardown.add(() => hosting.close());
  // What waits in the event buses may load: the tables have to be there as the code knows them.
  await evolveTables(services.functions);
  services.events.resume();
  signal.throwIfAborted();

  progress.step('Making the demo workspace');
  const seeded = await seed({ home, resources, identity, functions: services.functions, simulator });
  const sources = new Map(
    Object.entries(seeded.clients).map(([name, client]) => [name, machineToken(identity.tokenUrl, client)]),
  );
  const token = async (name: string): Promise<string> => {
    const source = sources.get(name);
    if (source === undefined)
      throw new Error(`There is no machine client ${name}, only ${[...sources.keys()].join(', ')}.`);
    return await source.token();
  };

  const rates = loadRates(services.functions, log).catch((error: unknown) => log('exchange rates', error));
  let warnings: readonly string[] = [];
  let background: Promise<readonly string[]> = Promise.resolve([]);
  let loadingSegments = false;
  if (options.load !== false && home.state.segmentsLoadedAt === undefined) {
    const loader = Object.entries(seeded.clients).find(([, { scopes }]) =>
      scopes.some((scope) => scope.endsWith('pipelines.run')),
    );
    if (loader === undefined) throw new StartError('The templates hold no machine client that may start a load.');
    const history = { apiUrl: gateway.url, tokens: { token: () => token(loader[0]) }, days: market.days, logsFolder };
    if (home.state.loadedAt === undefined) {
      progress.step(`Loading ${market.days} days from the simulated accounts`);
      warnings = await loadHistory({
        ...history,
        grains: 'objects',
        progress: (done, total) => {
          if (total > 0) progress.detail(`${done}/${total}`);
        },
        signal,
      });
      markLoaded(home, market);
    }
    loadingSegments = true;
    // What a person looks at first is there; two thirds of the rows follow while they look.
    const leaving = new AbortController();
    teardown.add(() => leaving.abort());
    background = loadHistory({
      ...history,
      grains: 'segments',
      progress: () => {},
      signal: AbortSignal.any([signal, leaving.signal]),
    }).then((failed) => {
      home.state.segmentsLoadedAt = new Date().toISOString();
      home.save();
      return failed;
    });
    background.catch((error: unknown) => {
      if (!leaving.signal.aborted && !signal.aborted) log('load of segments', error);
    });
  }
  signal.throwIfAborted();

  await rates;
  const description: LocalDescription = {
    ready: true,
    apiUrl: gateway.url,
    dashboardUrl: hosting.url,
    mcpUrl: `${gateway.url}/mcp`,
    issuer: identity.issuer,
    tokenUrl: identity.tokenUrl,
    clients: seeded.clients,
    users: seeded.users,
    workspaceId: seeded.workspaceId,
    simulatorUrl: simulator.controlUrl,
    aws: {
      endpointUrl: endpoint.url,
      region: place.region,
      ...operator,
      deadLettersUrl: variableOf(services.functions.definitions(), 'DEAD_LETTER_QUEUE_URL'),
      schemaRegistry: variableOf(services.functions.definitions(), 'SCHEMA_REGISTRY'),
    },
  };
  writeLocalJson(path, description);
  teardown.add(() => removeLocalJson(path));
  progress.done();

  return {
    description,
    aws: { endpointUrl: endpoint.url, ...operator },
    region: place.region,
    warnings,
    loadingSegments,
    segments: background,
    token,
    functionTimings: () => services.functions.timings(),
    invoke: async (name, payload) => {
      const found = services.functions.definitions().find((definition) => definition.name.endsWith(name));
      if (found === undefined) throw new Error(`There is no function ${name}.`);
      return await services.functions.invoke(found.arn, payload);
    },
    lost: simulator.lost,
    stop: () => teardown.run(),
  };
}

function markLoaded(home: HomeState, market: { readonly seed: number; readonly days: number }): void {
  home.state.simulator = { seed: market.seed, days: market.days };
  home.state.loadedAt = new Date().toISOString();
  home.save();
}

function placeOf(stacks: readonly { readonly region: string; readonly accountId: string; readonly name: string }[]): {
  readonly region: string;
  readonly accountId: string;
} {
  const [first, ...others] = stacks;
  if (first === undefined) throw new StartError('The assembly holds no stacks; synthesize the templates again.');
  const stranger = others.find((stack) => stack.region !== first.region || stack.accountId !== first.accountId);
  if (stranger !== undefined) {
    throw new StartError(
      `${stranger.name} lies in another account or region than ${first.name}; one machine holds one.`,
    );
  }
  return { region: first.region, accountId: first.accountId };
}

/** What the functions that have this variable are told. */
function variableOf(
  definitions: readonly { readonly environment: Readonly<Record<string, string>> }[],
  variable: string,
): string {
  const value = definitions.map(({ environment }) => environment[variable]).find((one) => one !== undefined);
  if (value === undefined)
    throw new StartError(`The templates hold no function with ${variable}; synthesize them again.`);
  return value;
}

/** `/conext/<stage>/endpoints`, the one parameter of the templates that differs on a laptop. */
function endpointsParameter(names: readonly string[]): string {
  const name = names.find((candidate) => /^\/.*\/endpoints$/.test(candidate));
  if (name === undefined)
    throw new StartError('The templates hold no parameter named …/endpoints; synthesize them again.');
  return name;
}

/** Until the policies are read, nobody but the operator may do anything. */
const DENY_ALL: AccessControl = {
  check: (caller) => {
    if (caller.roleArn !== undefined) throw new AwsError('AccessDeniedException', 'The system is still starting.');
  },
  checkResourcePolicy: () => {
    throw new AwsError('AccessDeniedException', 'The system is still starting.');
  },
};
