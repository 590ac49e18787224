import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, FaultPlan } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import type { WriteLog, WriteRecord } from '../control/write-log.ts';
import type { Market } from '../market/market.ts';
import { hashText, mix, uniform } from '../market/random.ts';
import { codes, Refusal } from './codes.ts';
import { OAuth, type TikTokCredentials, tiktokCredentials } from './oauth.ts';
import { operations, type Told } from './operations.ts';
import { Parameters } from './parameters.ts';
import { type RateLevel, RateLimits, type RateState } from './rate-limits.ts';
import { Recent } from './recent.ts';
import { RequestIds } from './request-ids.ts';
import { ReportTasks } from './tasks.ts';
import { writes as writeOperations } from './write-operations.ts';

export interface TikTokOptions {
  readonly seed: number;
  /** The simulated clock, epoch milliseconds. */
  readonly now: () => number;
  /** The market of the present world: it changes when the world is reset. */
  readonly market: () => Market;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly writes: WriteLog;
  readonly rateLevel: RateLevel;
  readonly advertiserPerSecond: number;
  /** Which clock the rate limits run on. */
  readonly rateClock: 'wall' | 'simulated';
  readonly tokens: 'long-term' | 'expiring';
  readonly tokenLifetimeSeconds: number;
  /** How long an asynchronous report takes, wall milliseconds. */
  readonly taskMs: number;
  readonly transientFailureRate: number;
}

/** Answers TikTok's paths (`/open_api/…`, `/portal/auth`, the files of finished reports) and says whether the path was one of them. */
export interface TikTokListener {
  (request: IncomingMessage, response: ServerResponse): boolean;
  readonly credentials: TikTokCredentials;
  limits(): RateState;
  /** After the world was reset. */
  forget(): void;
}

const version = 'v1.3';
const maxBodyBytes = 1_000_000;
/** Films are larger; a simulated one need not be long. */
const maxFormBytes = 64_000_000;
const filePath = '/wsos_v2/statistics/object/';
const garbage = '<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body>502 Bad Gateway</body></html>';

export function tiktokListener(options: TikTokOptions): TikTokListener {
  const credentials = tiktokCredentials(options.seed);
  const oauth = new OAuth(credentials, options.tokens, options.tokenLifetimeSeconds);
  const rates = new RateLimits({
    level: options.rateLevel,
    advertiserPerSecond: options.advertiserPerSecond,
    now: options.rateClock === 'wall' ? Date.now : options.now,
  });
  const tasks = new ReportTasks({
    market: options.market,
    now: options.now,
    wall: Date.now,
    takesMs: options.taskMs,
  });
  const recent = new Recent();
  const requestIds = new RequestIds();
  let arrivals = 0;

  const listener = (request: IncomingMessage, response: ServerResponse): boolean => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? 'localhost'}`);
    const handle = url.pathname.startsWith('/open_api/')
      ? answerCall
      : url.pathname === '/portal/auth'
        ? answerConsent
        : url.pathname.startsWith(filePath)
          ? answerFile
          : undefined;
    if (handle === undefined) return false;
    handle(url, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, { code: codes.system, message: String(error), request_id: '', data: {} });
    });
    return true;
  };

  /** The advertiser agrees at once; the fault `unauthenticated-bare` on the operation `authorize` makes one who declines. */
  async function answerConsent(url: URL, _: IncomingMessage, response: ServerResponse): Promise<void> {
    const { fault } = arrive('authorize', undefined, url.search);
    if (await spoilt(response, fault)) return;
    const outcome = oauth.authorize(url.searchParams, fault?.kind === 'unauthenticated-bare');
    if ('location' in outcome) response.writeHead(302, { location: outcome.location }).end();
    else
      sendText(
        response,
        400,
        'text/html; charset=utf-8',
        `<!DOCTYPE html><title>TikTok</title><p>${outcome.problem}</p>`,
      );
  }

  async function answerFile(url: URL, _: IncomingMessage, response: ServerResponse): Promise<void> {
    const lines = tasks.file(url.pathname.slice(filePath.length));
    if (lines === undefined) return sendText(response, 403, 'text/plain', 'The link has expired.');
    await sendLines(response, lines);
  }

  async function answerCall(url: URL, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = /^\/open_api\/([^/]+)\/(.+)\/$/.exec(url.pathname);
    // The slash at the end is part of the path.
    if (path === null) return sendText(response, 404, 'text/plain; charset=utf-8', '404 page not found');
    const [, called = '', operation = ''] = path;
    const body = await readBody(request);
    const given = await entriesOf(request, url, body);
    const text = request.method === 'POST' ? textOf(given) : decodeURIComponent(url.search.replaceAll('+', ' '));
    const advertiserId = advertiserOf(given);
    const { requestId, fault } = arrive(operation, advertiserId, text);
    const write = Object.hasOwn(writeOperations, operation) ? writeOperations[operation] : undefined;
    const at = options.now();
    const arrival = { platform: 'tiktok-ads', account: advertiserId, operation, at, requestId };
    const record = write === undefined ? undefined : options.writes.arrive(arrival);
    if (await spoilt(response, fault)) {
      record?.failed(fault?.kind ?? '');
      return;
    }
    try {
      rates.spend(operation, advertiserId);
      fail(fault);
      if (called !== version)
        throw new Refusal(
          'unknownVersion',
          `The API version ${called} is not supported; the simulator speaks ${version}.`,
        );
      const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
      if (known === undefined && write === undefined) {
        const names = [...Object.keys(operations), ...Object.keys(writeOperations)].join(', ');
        throw new Refusal('notImplemented', `The simulator does not model ${operation}; it models ${names}.`);
      }
      if (request.method !== (known?.method ?? 'POST'))
        return sendText(response, 405, 'text/plain; charset=utf-8', '405 method not allowed');
      if (known?.open !== true) oauth.check(tokenOf(request));
      if (given === undefined) throw new Refusal('parameter', 'The body is not a JSON object.');
      const parameters = new Parameters(given, request.method === 'GET');
      const market = options.market();
      if (write !== undefined && record !== undefined) {
        const repeated = (objectId: string) => record.repeated([objectId]);
        const file = given.map(([, value]) => value).find((value) => value instanceof File);
        const bytes = file === undefined ? Buffer.alloc(0) : Buffer.from(await file.arrayBuffer());
        const prepared = write({ market, nowMs: at, requestIds, repeated }, parameters, bytes);
        parameters.done();
        const { data, objectIds } = prepared.act();
        record.done(objectIds);
        // Whoever reads next sees it, whatever minute it is.
        recent.clear();
        return await answerWrite(response, data, requestId, fault, record);
      }
      const fingerprint = createHash('sha256').update(withoutPage(url)).digest('base64url');
      const base = url.origin;
      if (known === undefined) return;
      const told = known.run({ market, nowMs: at, oauth, tasks, recent, base, fingerprint }, parameters);
      parameters.done();
      await send(response, told, requestId, fault);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (error.code !== codes.duplicatedRequest) record?.refused(String(error.code));
      sendJson(response, { code: error.code, message: error.message, request_id: requestId, data: {} });
    }
  }

  function arrive(operation: string, account: string | undefined, query: string) {
    const write = Object.hasOwn(writeOperations, operation);
    const facts = { platform: 'tiktok-ads', operation, account, query, write };
    options.log.record(facts);
    arrivals += 1;
    return { requestId: requestIdOf(options, arrivals), fault: options.faults.take(facts) };
  }

  /** Throws what a fault, or chance, makes of a call. */
  function fail(fault: Fault | undefined): void {
    switch (fault?.kind) {
      case 'unavailable':
      case 'maintenance':
        throw new Refusal('maintenance', 'The service is under maintenance. Please retry later.');
      case 'internal':
        throw systemError();
      case 'rate-limit':
        throw new Refusal('appRateLimit', 'Too many requests. Please retry in some time.');
      case 'quota-exhausted':
        throw new Refusal('appFlowControl', 'The request was stopped by flow control. Please retry in some time.');
      case 'token-expired':
        throw oauth.expireAll();
      default:
    }
    const chance = mix(mix(hashText('tiktok-transient'), options.seed), arrivals);
    if (uniform(chance) < options.transientFailureRate) throw systemError();
  }

  return Object.assign(listener, {
    credentials,
    limits: () => rates.state(),
    forget: () => {
      tasks.clear();
      recent.clear();
      requestIds.clear();
      rates.clear();
    },
  });
}

function systemError(): Refusal {
  return new Refusal('system', 'System error. Please retry.');
}

/** Instant, a counter and a hash, as TikTok's log ids look. */
function requestIdOf({ now, seed }: TikTokOptions, arrivals: number): string {
  const instant = new Date(now()).toISOString().replaceAll(/\D/g, '').slice(0, 14);
  const hash = createHash('sha256').update(`${seed}|${arrivals}`).digest('hex').toUpperCase();
  return `${instant}${hash.slice(0, 20)}`;
}

/** A GET's query, a POST's form or JSON object; `undefined` for a body that is neither. */
async function entriesOf(
  request: IncomingMessage,
  url: URL,
  body: Buffer,
): Promise<readonly (readonly [string, unknown])[] | undefined> {
  if (request.method !== 'POST') return [...url.searchParams];
  try {
    if (isForm(request)) {
      const headers = { 'content-type': request.headers['content-type'] ?? '' };
      return [...(await new Response(new Uint8Array(body), { headers }).formData())];
    }
    const parsed: unknown = JSON.parse(body.toString('utf8'));
    return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed) ? Object.entries(parsed) : undefined;
  } catch {
    return undefined;
  }
}

const isForm = (request: IncomingMessage): boolean =>
  request.headers['content-type']?.startsWith('multipart/form-data') ?? false;

/** What faults match on: a call without its files. */
const textOf = (given: Awaited<ReturnType<typeof entriesOf>>): string =>
  JSON.stringify(Object.fromEntries(given?.filter(([, value]) => !(value instanceof File)) ?? []));

function advertiserOf(given: Awaited<ReturnType<typeof entriesOf>>): string | undefined {
  const value = given?.find(([name]) => name === 'advertiser_id')?.[1];
  return typeof value === 'string' ? value : undefined;
}

/** What the pages of one report have in common. */
function withoutPage(url: URL): string {
  const rest = new URLSearchParams(url.searchParams);
  rest.delete('page');
  rest.delete('page_size');
  return `${url.pathname}?${rest}`;
}

function tokenOf(request: IncomingMessage): string | undefined {
  const token = request.headers['access-token'];
  return Array.isArray(token) ? token[0] : token;
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const most = isForm(request) ? maxFormBytes : maxBodyBytes;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > most) return Buffer.alloc(0);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What was done is done, whatever becomes of the answer. */
async function answerWrite(
  response: ServerResponse,
  data: unknown,
  requestId: string,
  fault: Fault | undefined,
  record: WriteRecord,
): Promise<void> {
  if (fault?.kind === 'act-then-timeout' || fault?.kind === 'act-then-reset') {
    record.unanswered();
    if (fault.kind === 'act-then-reset') response.destroy();
    else if (!response.destroyed) await once(response, 'close');
    return;
  }
  if (fault?.kind === 'truncate') record.unanswered();
  await send(response, { data }, requestId, fault);
}

/** Does what a fault does to the connection itself; true when nothing is left to answer. */
async function spoilt(response: ServerResponse, fault: Fault | undefined): Promise<boolean> {
  if (fault?.kind === 'reset') response.destroy();
  else if (fault?.kind === 'garbage') sendText(response, 200, 'text/html; charset=utf-8', garbage);
  else if (fault?.kind === 'timeout') await once(response, 'close');
  else if (fault?.kind === 'unauthenticated-bare' && !response.req.url?.startsWith('/portal/'))
    sendText(response, 401, 'text/plain; charset=utf-8', 'Unauthorized');
  else return false;
  return true;
}

async function send(response: ServerResponse, told: Told, requestId: string, fault: Fault | undefined): Promise<void> {
  if ('lines' in told) {
    if (fault?.kind === 'truncate') return truncate(response, 'text/csv', [...told.lines].join(''));
    return sendLines(response, told.lines);
  }
  const { data, throttle } = told;
  if (fault?.kind === 'bad-row') spoilFirst(data);
  const envelope = { code: codes.ok, message: 'OK', request_id: requestId, data };
  if (fault?.kind === 'truncate') return truncate(response, 'application/json', JSON.stringify(envelope));
  sendJson(response, envelope, throttle === undefined ? {} : { 'x-tt-ads-throttle': throttle });
}

/** Makes the first row of a list one that no client can read. */
function spoilFirst(data: unknown): void {
  const list = typeof data === 'object' && data !== null && 'list' in data ? data.list : undefined;
  const first: unknown = Array.isArray(list) ? list[0] : undefined;
  if (typeof first !== 'object' || first === null) return;
  if ('metrics' in first)
    Object.assign(first, { metrics: { ...Object(first.metrics), spend: 'n/a', impressions: '-1' } });
  else Object.assign(first, { operation_status: 'NO_SUCH_STATUS', secondary_status: 'NO_SUCH_STATUS' });
}

function sendJson(response: ServerResponse, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': length, ...headers });
  response.end(text);
}

function sendText(response: ServerResponse, status: number, type: string, text: string): void {
  response.writeHead(status, { 'content-type': type }).end(text);
}

/** Streams a file; lines are gathered into pieces of some size. */
async function sendLines(response: ServerResponse, lines: Iterable<string>): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/csv; charset=utf-8' });
  let piece = '';
  for (const text of lines) {
    piece += text;
    if (piece.length < 65_536) continue;
    if (response.destroyed) return;
    if (!response.write(piece)) await drained(response);
    piece = '';
  }
  response.end(piece);
}

function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });
}

/** Sends half of an answer whose length was announced, then cuts the connection. */
function truncate(response: ServerResponse, type: string, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(200, { 'content-type': type, 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}
