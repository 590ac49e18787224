import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault, FaultPlan } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import type { WriteLog } from '../control/write-log.ts';
import type { Market } from '../market/market.ts';
import { hashText, mix, uniform } from '../market/random.ts';
import { Allowance, type Limits } from './allowance.ts';
import { UsdRates } from './analytics/usd-rates.ts';
import { LinkedInError, refusal } from './error.ts';
import { failureOf, internal, spoilFirst, unavailable } from './faults.ts';
import { type LinkedInCredentials, linkedInCredentials, OAuth } from './oauth.ts';
import { callOf, type Rest, restAnswer } from './rest.ts';
import { type Asked, readAsked } from './wire.ts';

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
    view: () => ({ market: options.market(), nowMs: options.now() }),
  };
  let arrivals = 0;
  const arrive = (
    operation: string,
    account?: string,
    query?: string,
  ): { fault: Fault | undefined; failure: LinkedInError | undefined } => {
    const facts = { platform: 'linkedin-ads', operation, account, query };
    options.log.record(facts);
    arrivals += 1;
    const fault = options.faults.take(facts);
    return { fault, failure: failureOf(fault, oauth) ?? chance(options, arrivals) };
  };
  const listener = (request: IncomingMessage, response: ServerResponse): boolean => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (!(path.startsWith('/rest/') || path.startsWith('/oauth/v2/'))) return false;
    answer(path, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else if (error instanceof LinkedInError) send(response, error.status, error.body);
      else send(response, 500, { ...internal().body, message: String(error) });
    });
    return true;
  };

  async function answer(path: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === '/oauth/v2/authorization') return answerConsent(request, response);
    const asked = await readAsked(request);
    if (path === '/oauth/v2/accessToken') return answerToken(asked, response);
    if (!path.startsWith('/rest/')) throw refusal(404, 'RESOURCE_NOT_FOUND', `No virtual resource found for ${path}`);
    const call = callOf(asked);
    response.setHeader('x-li-uuid', requestId(options.seed, arrivals));
    const { fault, failure } = arrive(call.operation, call.account, asked.query);
    if (await spoilt(response, fault)) return;
    if (failure !== undefined) throw failure;
    const body = restAnswer(rest, call, asked);
    if (fault?.kind === 'bad-row') spoilFirst(body);
    if (fault?.kind === 'truncate') truncate(response, JSON.stringify(body));
    else send(response, 200, body);
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
    forget: () => allowance.forget(),
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
