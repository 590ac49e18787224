import type { IncomingMessage, ServerResponse } from 'node:http';
import type { DrivenClock } from '../clock.ts';
import { type FaultPlan, readFault } from './faults.ts';
import type { RequestLog } from './request-log.ts';
import { sendWebhook, type WebhookSecrets } from './send-webhook.ts';
import type { WriteLog } from './write-log.ts';

interface Control {
  readonly clock: DrivenClock;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly writes: WriteLog;
  /** What the platform would report now. Throws an Error that names a bad parameter. */
  truth(parameters: URLSearchParams): unknown;
  /** Orders as they were made, with every platform that claims them. */
  orders(parameters: URLSearchParams): unknown;
  /** What rate limits have done to callers so far, by platform. */
  limits(): unknown;
  /** What the writes have made of the world, each with the instant since which it is in force. */
  edits(): unknown;
  /** What platforms sign with. */
  readonly webhookSecrets: WebhookSecrets;
  /** Begins again with another world. */
  resetWorld(options: unknown): unknown;
}

interface Outcome {
  readonly status: number;
  readonly body: unknown;
}

const maxBodyBytes = 1_000_000;
const dayMs = 86_400_000;

type Handler = (control: Control, body: unknown, parameters: URLSearchParams) => unknown;

/** Writes that match every parameter given. */
function writes(log: WriteLog, parameters: URLSearchParams): unknown {
  const names = ['platform', 'account', 'operation', 'kind', 'outcome'] as const;
  const unknown = [...parameters.keys()].find((name) => !names.some((known) => known === name));
  if (unknown !== undefined)
    throw new Error(`Writes cannot be asked for by ${unknown}; there are ${names.join(', ')}.`);
  return log.list().filter((write) => names.every((name) => (parameters.get(name) ?? write[name]) === write[name]));
}

/** The control port: for tests and whoever runs the simulator, never for the product. */
const routes: Readonly<Record<string, Handler>> = {
  'GET /control/health': () => ({ ok: true }),
  'GET /control/clock': (control) => clockState(control),
  'POST /control/clock': (control, body) => {
    driveClock(control.clock, body);
    return clockState(control);
  },
  'GET /control/faults': (control) => control.faults.list(),
  'POST /control/faults': (control, body) => {
    for (const fault of (Array.isArray(body) ? body : [body]).map(readFault)) control.faults.add(fault);
    return control.faults.list();
  },
  'DELETE /control/faults': (control) => {
    control.faults.clear();
    return [];
  },
  'GET /control/requests': (control) => control.log.list(),
  'DELETE /control/requests': (control) => {
    control.log.clear();
    return [];
  },
  'GET /control/writes': (control, _, parameters) => writes(control.writes, parameters),
  'DELETE /control/writes': (control) => {
    control.writes.clear();
    return [];
  },
  'GET /control/edits': (control) => control.edits(),
  'GET /control/truth': (control, _, parameters) => control.truth(parameters),
  'GET /control/orders': (control, _, parameters) => control.orders(parameters),
  'GET /control/limits': (control) => control.limits(),
  'POST /control/webhooks': (control, body) => sendWebhook(control.webhookSecrets, body),
  'POST /control/world': (control, body) => control.resetWorld(body),
};

export function controlListener(control: Control): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    answer(control, request)
      .then(({ status, body }) => {
        response.writeHead(status, { 'content-type': 'application/json' });
        response.end(JSON.stringify(body));
      })
      .catch(() => response.destroy());
  };
}

const loopbackHost = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

async function answer(control: Control, request: IncomingMessage): Promise<Outcome> {
  const { host = '', origin } = request.headers;
  // Pages of the outside world reach loopback ports too; none of them has a word in the simulated one.
  if (!loopbackHost.test(host) || origin !== undefined)
    return {
      status: 421,
      body: { error: 'The control port answers programs on this machine, not pages in a browser.' },
    };
  const url = new URL(request.url ?? '/', 'http://control');
  const name = `${request.method} ${url.pathname}`;
  const handler = Object.hasOwn(routes, name) ? routes[name] : undefined;
  if (handler === undefined)
    return { status: 404, body: { error: `No ${name}. There are ${Object.keys(routes).join(', ')}.` } };
  try {
    return { status: 200, body: await handler(control, await readBody(request), url.searchParams) };
  } catch (error) {
    return { status: 400, body: { error: error instanceof Error ? error.message : String(error) } };
  }
}

/** `{ advanceDays }`, `{ setTo }` (ISO instant or epoch milliseconds) and `{ speed }`, in this order. */
function driveClock(clock: DrivenClock, body: unknown): void {
  if (typeof body !== 'object' || body === null)
    throw new Error('A clock is driven by { advanceDays }, { setTo } or { speed }.');
  const { advanceDays, setTo, speed, ...rest } = body as Record<string, unknown>;
  const unknown = Object.keys(rest)[0];
  if (unknown !== undefined) throw new Error(`A clock knows advanceDays, setTo and speed, not ${unknown}.`);
  if (setTo !== undefined) {
    const instant = typeof setTo === 'number' ? setTo : Date.parse(String(setTo));
    if (!Number.isFinite(instant)) throw new Error(`setTo must be an instant, found ${JSON.stringify(setTo)}.`);
    clock.setTo(instant);
  }
  if (advanceDays !== undefined) {
    if (typeof advanceDays !== 'number' || !Number.isFinite(advanceDays))
      throw new Error('advanceDays must be a number.');
    clock.advance(advanceDays * dayMs);
  }
  if (speed !== undefined) {
    if (typeof speed !== 'number' || !(speed >= 0)) throw new Error('speed must be a number from 0.');
    clock.setSpeed(speed);
  }
}

function clockState({ clock }: Control) {
  const now = clock.now();
  return { now, iso: new Date(now).toISOString(), speed: clock.speed };
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBodyBytes) throw new Error('The body is larger than 1 MB.');
    chunks.push(chunk);
  }
  const text = Buffer.concat(chunks).toString('utf8');
  return text === '' ? undefined : JSON.parse(text);
}
