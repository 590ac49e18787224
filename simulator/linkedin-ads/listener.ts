import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Fault, type FaultPlan, losesAnswer } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import type { WriteLog, WriteRecord } from '../control/write-log.ts';
import type { Market } from '../market/market.ts';
import { hashText, mix, uniform } from '../market/random.ts';
import { Allowance, type Limits } from './allowance.ts';
import { UsdRates } from './analytics/usd-rates.ts';
import { LinkedInError, refusal } from './error.ts';
import { failureOf, internal, spoilFirst, unavailable } from './faults.ts';
import { type LinkedInCredentials, linkedInCredentials, OAuth } from './oauth.ts';
import { Uploads } from './resources/images.ts';
import { type Call, callOf, prepareWrite, type Rest, restAnswer } from './rest.ts';
import { type Asked, readAsked, readBytes } from './wire.ts';
import { checkImage, type WriteRoute } from './writes/routes.ts';

/** What of LinkedIn's may be set otherwise. */
export interface LinkedInLimits extends Partial<Limits> {
  /** LinkedIn's access tokens live 60 days, the default. */
  readonly tokenLifetimeSeconds?: number;
  /** Elements of one `adAnalytics` answer, beyond which it is cut without a word; LinkedIn's 15,000 is the default. */
  readonly mostElements?: number;
}

export interface LinkedInOptions extends LinkedInLimits {
  readonly seed: number;
  /** The simulated clock, epoch milliseconds. */
  readonly now: () => number;
  /** The market of the present world: it changes when the world is reset. */
  readonly market: () => Market;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly writes: WriteLog;
  /** Share of calls that fail for no reason of the caller's, a fraction. */
  readonly transientFailureRate?: number;
}

/** Answers LinkedIn's paths (`/rest/…`, `/oauth/v2/…`) and says whether the path was one of them. */
export interface LinkedInListener {
  (request: IncomingMessage, response: ServerResponse): boolean;
  readonly credentials: LinkedInCredentials;
  /** Begins the day's allowance again, after the world was reset. */
  forget(): void;
  /** Calls refused so far, by the limit that was reached. */
  limits(): Readonly<Record<string, number>>;
}

/** Enough for a day's work of a large advertiser; LinkedIn's own sizes of the first two are nobody's to know. */
const usualLimits: Limits = { dailyCalls: 500_000, memberCalls: 100_000, metricValues: 45_000_000 };

/** LinkedIn hands out addresses of another kind to put bytes to. */
const uploadPath = '/dms-uploads/';

const garbage = '<!DOCTYPE html><html><head><title>LinkedIn</title></head><body>Something went wrong.</body></html>';

export function linkedInListener(options: LinkedInOptions): LinkedInListener {
  const credentials = linkedInCredentials(options.seed);
  const oauth = new OAuth(credentials, options.tokenLifetimeSeconds ?? 5_184_000);
  const allowance = new Allowance(
    {
      dailyCalls: options.dailyCalls ?? usualLimits.dailyCalls,
      memberCalls: options.memberCalls ?? usualLimits.memberCalls,
      metricValues: options.metricValues ?? usualLimits.metricValues,
    },
    options.now,
  );
  const rest: Rest = {
    oauth,
    allowance,
    mostElements: options.mostElements ?? 15_000,
    usd: new UsdRates(options.seed),
    seed: options.seed,
    uploads: new Uploads(),
    view: () => ({ market: options.market(), nowMs: options.now() }),
  };
  let arrivals = 0;
  const arrive = (
    operation: string,
    account?: string,
    query?: string,
    write = false,
  ): { fault: Fault | undefined; failure: LinkedInError | undefined } => {
    const facts = { platform: 'linkedin-ads', operation, account, query, write };
    options.log.record(facts);
    arrivals += 1;
    const fault = options.faults.take(facts);
    return { fault, failure: failureOf(fault, oauth) ?? chance(options, arrivals) };
  };
  const listener = (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (!['/rest/', '/oauth/v2/', uploadPath].some((start) => path.startsWith(start))) return false;
    answer(path, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof LinkedInError) send(response, error.status, error.body);
      else send(response, 500, { ...internal().body, message: String(error) });
    });
    return true;
  };

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === '/oauth/v2/authorization') return answerConsent(request, response);
    if (path.startsWith(uploadPath)) return answerUpload(path, request, response);
    const asked = await readAsked(request);
    if (path === '/oauth/v2/accessToken') return answerToken(asked, response);
    if (!path.startsWith('/rest/')) throw refusal(404, 'RESOURCE_NOT_FOUND', `No virtual resource found for ${path}`);
    const call = callOf(asked);
    response.setHeader('x-li-uuid', requestId(options.seed, arrivals));
    if (call.write !== undefined) return answerWrite(call, call.write, asked, request, response);
    const { fault, failure } = arrive(call.operation, call.account, asked.query);
    if (await spoilt(response, fault)) return;
    if (failure !== undefined) throw failure;
    const body = restAnswer(rest, call, asked);
    if (fault?.kind === 'bad-row') spoilFirst(body);
    if (fault?.kind === 'truncate') truncate(response, JSON.stringify(body));
    else send(response, 200, body);
  }

  async function answerWrite(
    call: Call,
    write: WriteRoute,
    asked: Asked,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const { operation, account } = call;
    const { fault, failure } = arrive(operation, account, `${asked.query} ${asked.body}`, true);
    const requestId = String(response.getHeader('x-li-uuid'));
    const arrival = { platform: 'linkedin-ads', account, operation, at: options.now(), requestId };
    const record = options.writes.arrive({ ...arrival, kind: write.kind });
    if (await spoilt(response, fault)) return record.failed(fault?.kind ?? '');
    try {
      if (failure !== undefined) throw failure;
      const { act } = prepareWrite(rest, write, call, asked, `http://${request.headers.host ?? ''}`);
      const { status, id, body, objectIds } = act();
      record.done(objectIds);
      if (id !== undefined) response.setHeader('x-restli-id', id);
      if (await lost(response, fault, record)) return;
      if (body === undefined) response.writeHead(status, { 'content-length': 0 }).end();
      else send(response, status, body);
    } catch (error) {
      if (error instanceof LinkedInError) record.refused(String(error.body.code ?? error.status));
      throw error;
    }
  }

  /** The address itself is the permission. */
  async function answerUpload(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const bytes = await readBytes(request);
    response.setHeader('x-li-uuid', requestId(options.seed, arrivals));
    const token = path.slice(uploadPath.length).split('/')[0] ?? '';
    const { accountId, mediaId, name } = rest.uploads.take(token);
    const { fault, failure } = arrive('dms-uploads', accountId, undefined, true);
    const record = options.writes.arrive({
      platform: 'linkedin-ads',
      account: accountId,
      operation: 'dms-uploads',
      at: options.now(),
      requestId: String(response.getHeader('x-li-uuid')),
      kind: 'upload',
    });
    if (await spoilt(response, fault)) return record.failed(fault?.kind ?? '');
    try {
      if (failure !== undefined) throw failure;
      if (request.method !== 'PUT') throw refusal(405, 'METHOD_NOT_ALLOWED', 'An upload is a PUT.');
      checkImage(bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const media = { id: mediaId, kind: 'image', name, sha256, bytes: bytes.length } as const;
      options.market().edit([{ do: 'add-media', accountId, media }], options.now());
      rest.uploads.close(token);
      record.done([mediaId]);
      if (await lost(response, fault, record)) return;
      response.writeHead(201, { 'content-length': 0 }).end();
    } catch (error) {
      if (error instanceof LinkedInError) record.refused(String(error.body.code ?? error.status));
      throw error;
    }
  }

  /** The member agrees at once; the fault `unauthenticated-bare` on the operation `authorize` makes one who declines. */
  function answerConsent(request: IncomingMessage, response: ServerResponse): void {
    const { fault } = arrive('authorize');
    const { searchParams } = new URL(request.url ?? '/', 'http://linkedin');
    const outcome = oauth.authorize(searchParams, fault?.kind === 'unauthenticated-bare');
    if ('location' in outcome) response.writeHead(302, { location: outcome.location }).end();
    else
      response
        .writeHead(400, { 'content-type': 'text/html; charset=UTF-8' })
        .end(`<!DOCTYPE html><title>LinkedIn</title><p>Bummer, something went wrong. ${outcome.problem}</p>`);
  }

  async function answerToken(asked: Asked, response: ServerResponse): Promise<void> {
    const { fault, failure } = arrive('token');
    if (await spoilt(response, fault)) return;
    if (failure !== undefined)
      return send(response, failure.status, { error: 'temporarily_unavailable', error_description: failure.message });
    if (asked.method !== 'POST') throw refusal(405, 'METHOD_NOT_ALLOWED', 'The token endpoint takes POST.');
    const { status, body } = oauth.token(new URLSearchParams(asked.body));
    send(response, status, body);
  }

  return Object.assign(listener, {
    credentials,
    forget: () => {
      allowance.forget();
      rest.uploads.clear();
    },
    limits: () => allowance.refused,
  });
}

/** LinkedIn names every answer, so that its support can find it. */
function requestId(seed: number, arrivals: number): string {
  return createHash('sha256').update(`${seed}|linkedin-request|${arrivals}`).digest('base64').slice(0, 22).concat('==');
}

function chance({ seed, transientFailureRate = 0 }: LinkedInOptions, arrivals: number): LinkedInError | undefined {
  const hash = mix(mix(hashText('linkedin-transient'), seed), arrivals);
  if (uniform(hash) >= transientFailureRate) return undefined;
  return hash % 2 === 0 ? unavailable() : internal();
}

/** Does what a fault does to the connection itself; true when nothing is left to answer. */
async function spoilt(response: ServerResponse, fault: Fault | undefined): Promise<boolean> {
  if (fault?.kind === 'reset') response.destroy();
  else if (fault?.kind === 'garbage')
    response.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' }).end(garbage);
  else if (fault?.kind === 'timeout') await once(response, 'close');
  else return false;
  return true;
}

/** A fault that lets LinkedIn act and loses the answer; true when it was lost. */
async function lost(response: ServerResponse, fault: Fault | undefined, record: WriteRecord): Promise<boolean> {
  if (!losesAnswer(fault)) return false;
  record.unanswered();
  if (fault?.kind === 'act-then-reset') response.destroy();
  else if (!response.destroyed) await once(response, 'close');
  return true;
}

function send(response: ServerResponse, status: number, body: unknown): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) });
  response.end(text);
}

/** Sends half of an answer whose length was announced, then cuts the connection. */
function truncate(response: ServerResponse, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}
