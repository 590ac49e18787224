import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import * as grpc from '@grpc/grpc-js';
import { DrivenClock } from './clock.ts';
import { FaultPlan } from './control/faults.ts';
import { RequestLog } from './control/request-log.ts';
import { controlListener } from './control/server.ts';
import { orders, truth } from './control/truth.ts';
import { worldOf } from './control/world-options.ts';
import { WriteLog } from './control/write-log.ts';
import { EditJournal } from './edit-journal.ts';
import { ratesListener, ratesPath } from './exchange-rates/feed.ts';
import type { AccessRules } from './google-ads/access.ts';
import { Backend } from './google-ads/backend.ts';
import { Directory } from './google-ads/directory.ts';
import { registerGrpc } from './google-ads/grpc.ts';
import { OAuth } from './google-ads/oauth.ts';
import { Quota } from './google-ads/quota.ts';
import { restListener } from './google-ads/rest.ts';
import { linkedInListener } from './linkedin-ads/listener.ts';
import type { LinkedInCredentials } from './linkedin-ads/oauth.ts';
import { Market } from './market/market.ts';
import { managerId } from './market/running-shop-plans.ts';
import type { World } from './market/world.ts';
import { type SimulatorOptions, settle } from './options.ts';
import { sampleFiles } from './sample-files.ts';
import { tiktokListener } from './tiktok-ads/listener.ts';
import type { TikTokCredentials } from './tiktok-ads/oauth.ts';
import { serveTls } from './tls.ts';

export interface Credentials {
  readonly developerToken: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly refreshToken: string;
  readonly managerCustomerId: string;
}

export interface Simulator {
  /** Base URL of REST and of the token endpoint (`/token`). */
  readonly rest: string;
  /** `host:port` for insecure gRPC. */
  readonly grpc: string;
  readonly control: string;
  /** Base URL of the simulated European Central Bank's files. */
  readonly rates: string;
  readonly credentials: Credentials;
  /** A grant without a manager: its user was given the European account directly. */
  readonly directRefreshToken: string;
  /** LinkedIn's API and OAuth are on the same base URL as Google's, under `/rest` and `/oauth/v2`. */
  readonly linkedIn: LinkedInCredentials;
  /** TikTok's API and consent page are on the same base URL, under `/open_api/v1.3` and `/portal/auth`. */
  readonly tiktok: TikTokCredentials;
  /** With `tls`: one port for REST, OAuth and gRPC under Google's host names, and the certificate to trust. */
  readonly tls: { readonly port: number; readonly caPem: string } | undefined;
  readonly clock: DrivenClock;
  readonly faults: FaultPlan;
  readonly requests: RequestLog;
  readonly writes: WriteLog;
  readonly market: () => Market;
  close(): Promise<void>;
}

const host = '127.0.0.1';

/** Starts the simulated platforms on loopback. Rejects when a port is taken. */
export async function createSimulator(given: SimulatorOptions = {}): Promise<Simulator> {
  const options = settle(given);
  const clock = new DrivenClock(options.startAt, options.speed);
  const faults = new FaultPlan();
  const requests = new RequestLog();
  const writes = new WriteLog();
  const journal = options.editsFile === undefined ? undefined : new EditJournal(options.editsFile);
  const marketOf = (world: World) => new Market(world, journal?.read(), (edits) => journal?.append(edits));
  let market = marketOf(worldOf(options, {}, clock.now()));
  let directory = { of: market.world, is: directoryOf(market.world) };
  const credentials = credentialsOf(options.seed);
  const directRefreshToken = secret('1//', options.seed, 'direct-refresh-token');
  const oauth = new OAuth(
    credentials,
    [
      { refreshToken: credentials.refreshToken, customerIds: [managerId] },
      { refreshToken: directRefreshToken, customerIds: ['4210000001'] },
    ],
    options.tokenLifetimeSeconds,
  );
  const rules: AccessRules = {
    oauth,
    developerToken: credentials.developerToken,
    get directory() {
      // An edit makes another world, with other accounts.
      if (directory.of !== market.world) directory = { of: market.world, is: directoryOf(market.world) };
      return directory.is;
    },
  };
  const now = () => clock.now();
  const backend = new Backend({
    rules,
    faults,
    now,
    log: requests,
    writes,
    pageRows: options.pageRows,
    transientFailureRate: options.transientFailureRate,
    quota: new Quota(options.accessLevel, now, options.dailyOperations),
    get market() {
      return market;
    },
  });
  const tiktok = tiktokListener({
    ...options.tiktok,
    seed: options.seed,
    now,
    market: () => market,
    faults,
    log: requests,
    writes,
    transientFailureRate: options.transientFailureRate,
  });
  const linkedIn = linkedInListener({
    ...options.linkedIn,
    seed: options.seed,
    now,
    market: () => market,
    faults,
    log: requests,
    writes,
    transientFailureRate: options.transientFailureRate,
  });

  const closers: (() => Promise<void>)[] = [];
  try {
    const listener = ratesListener(options.seed, now, firstOf([sampleFiles, tiktok, linkedIn], restListener(backend)));
    const rest = await listen(createServer(listener), options.ports.rest ?? 0, closers);
    const grpcServer = new grpc.Server({ 'grpc.max_receive_message_length': 16 * 1024 * 1024 });
    registerGrpc(grpcServer, backend);
    const grpcPort = await bindGrpc(grpcServer, options.ports.grpc ?? 0, closers);
    const control = controlListener({
      clock,
      faults,
      log: requests,
      writes,
      edits: () => market.edits,
      truth: (parameters) => truth(market, clock.now(), parameters),
      orders: (parameters) => orders(market, clock.now(), parameters),
      limits: () => ({ 'tiktok-ads': tiktok.limits(), 'linkedin-ads': linkedIn.limits() }),
      webhookSecrets: {
        'tiktok-ads': tiktok.credentials.appSecret,
        'linkedin-ads': linkedIn.credentials.clientSecret,
      },
      resetWorld: (body) => {
        const world = worldOf(options, body, clock.now());
        journal?.clear();
        market = marketOf(world);
        backend.forget();
        linkedIn.forget();
        tiktok.forget();
        faults.clear();
        requests.clear();
        writes.clear();
        return {
          seed: market.world.seed,
          historyStart: market.world.historyStart,
          accounts: market.world.accounts.length,
        };
      },
    });
    const controlPort = await listen(createServer(control), options.ports.control ?? 0, closers);
    const tls = options.tls ? await serveTls(grpcServer, listener, options.ports.tls ?? 0, closers) : undefined;
    return {
      rest: `http://${host}:${rest}`,
      grpc: `${host}:${grpcPort}`,
      control: `http://${host}:${controlPort}`,
      rates: `http://${host}:${rest}${ratesPath}`,
      credentials,
      directRefreshToken,
      linkedIn: linkedIn.credentials,
      tiktok: tiktok.credentials,
      tls,
      clock,
      faults,
      requests,
      writes,
      market: () => market,
      close: () => closeAll(closers),
    };
  } catch (error) {
    await closeAll(closers);
    throw error;
  }
}

/** One platform's wire: answers its own paths, and says whether the path was one of them. */
type PlatformListener = (request: IncomingMessage, response: ServerResponse) => boolean;

/** Platforms share one port; each knows its paths, and Google answers the rest. */
function firstOf(
  listeners: readonly PlatformListener[],
  rest: (request: IncomingMessage, response: ServerResponse) => void,
): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    if (!listeners.some((listener) => listener(request, response))) rest(request, response);
  };
}

function directoryOf(world: World): Directory {
  return new Directory({ ...world, accounts: world.accounts.filter(({ platform }) => platform === 'google-ads') });
}

function credentialsOf(seed: number): Credentials {
  return {
    developerToken: secret('', seed, 'developer-token').slice(0, 22),
    clientId: `${secret('', seed, 'client-id')
      .toLowerCase()
      .replace(/[^a-z0-9]/g, '')
      .slice(0, 24)}.apps.googleusercontent.com`,
    clientSecret: secret('GOCSPX-', seed, 'client-secret'),
    refreshToken: secret('1//', seed, 'refresh-token'),
    managerCustomerId: managerId,
  };
}

function secret(prefix: string, seed: number, purpose: string): string {
  return prefix + createHash('sha256').update(`${seed}|${purpose}`).digest('base64url');
}

async function listen(server: Server, port: number, closers: (() => Promise<void>)[]): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  closers.push(
    () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  );
  return (server.address() as AddressInfo).port;
}

async function bindGrpc(server: grpc.Server, port: number, closers: (() => Promise<void>)[]): Promise<number> {
  const bound = await new Promise<number>((resolve, reject) => {
    server.bindAsync(`${host}:${port}`, grpc.ServerCredentials.createInsecure(), (error, actual) =>
      error === null ? resolve(actual) : reject(error),
    );
  });
  closers.push(async () => server.forceShutdown());
  return bound;
}

async function closeAll(closers: (() => Promise<void>)[]): Promise<void> {
  await Promise.all(closers.splice(0).map((close) => close()));
}
