import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Fault } from '../control/faults.ts';
import { type Backend, type SearchRequest, writeRows } from './backend.ts';
import { authorizePage } from './consent.ts';
import { packageName, version } from './definitions.ts';
import { AdsFailure, BareFailure, restError, statuses } from './failure.ts';
import { rowWriter } from './gaql/write-row.ts';
import { readJson, UnknownField } from './rest-json.ts';

const maxBodyBytes = 1_000_000;
const garbage =
  '<!DOCTYPE html><html><head><title>Error 502 (Server Error)!!1</title></head><body>That’s an error.</body></html>';

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestId: string;
  readonly fault: Fault | undefined;
}

/** Google's REST wire and OAuth token endpoint, as a node:http request listener. */
export function restListener(backend: Backend): (request: IncomingMessage, response: ServerResponse) => void {
  return (request, response) => {
    route(backend, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else send(response, 500, { error: { code: 500, message: String(error), status: 'INTERNAL' } });
    });
  };
}

async function route(backend: Backend, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = pathOf(request);
  const body = await readBody(request);
  if (body === undefined)
    return send(response, 413, {
      error: { code: 413, message: 'Request body is too large.', status: 'INVALID_ARGUMENT' },
    });
  if (request.method === 'POST' && (path === '/token' || path === '/oauth2/v4/token'))
    return answerToken(backend, request, response, body);
  if (request.method === 'GET' && path === '/o/oauth2/v2/auth') return answerConsent(backend, request, response);
  if (request.method === 'POST' && path === '/revoke') return answerRevoke(backend, request, response, body);
  const called = /^\/(v\d+)\/(.+)$/.exec(path);
  if (called?.[1] === undefined || called[2] === undefined) return notFound(response, path);
  const [versionCalled, method] = [called[1], called[2]];
  const search = /^customers\/([^/]+)\/googleAds:(search|searchStream)$/.exec(method);
  const mutate = /^customers\/([^/]+)\/([A-Za-z]+):([A-Za-z]+)$/.exec(method);
  const operation =
    search?.[2] ??
    (method === 'customers:listAccessibleCustomers' ? 'listAccessibleCustomers' : (mutate?.[3] ?? 'unknown'));
  const customerId = search?.[1] ?? mutate?.[1];
  const text = body.toString('utf8');
  const { requestId, fault } = backend.arrive({
    operation,
    headers: headersOf(request),
    customerId,
    query: queryIn(text),
  });
  const exchange = { request, response, requestId, fault };
  try {
    if (await spoilt(exchange)) return;
    if (versionCalled !== version) {
      throw new AdsFailure(
        'request_error',
        'UNSUPPORTED_VERSION',
        `The version ${versionCalled} is not supported; the simulator speaks ${version}.`,
      );
    }
    backend.fail(fault);
    const headers = headersOf(request);
    if (operation === 'listAccessibleCustomers' && request.method === 'GET') {
      return send(response, 200, { resourceNames: backend.listAccessibleCustomers(headers) }, requestId);
    }
    if (search === null || request.method !== 'POST') {
      if (operation === 'unknown') return notFound(response, path);
      return backend.refuse(method, headers);
    }
    const asked = readSearch(
      customerId ?? '',
      text,
      search[2] === 'searchStream' ? 'SearchGoogleAdsStreamRequest' : 'SearchGoogleAdsRequest',
    );
    if (search[2] === 'searchStream') return await answerStream(backend, exchange, asked);
    answerSearch(backend, exchange, asked);
  } catch (error) {
    if (!(error instanceof AdsFailure || error instanceof BareFailure)) throw error;
    const { error: details } = restError(error, requestId);
    // A stream is a JSON array, its error too.
    send(
      response,
      statuses[error.status].http,
      operation === 'searchStream' ? [{ error: details }] : { error: details },
      requestId,
    );
  }
}

function queryOf(request: IncomingMessage): URLSearchParams {
  return new URLSearchParams((request.url ?? '').split('?')[1] ?? '');
}

/** The user agrees at once; the fault `unauthenticated-bare` on the operation `authorize` makes one who declines. */
function answerConsent(backend: Backend, request: IncomingMessage, response: ServerResponse): void {
  const { fault } = backend.arrive({ operation: 'authorize', headers: headersOf(request) });
  const answer = authorizePage(backend.options.rules.oauth, queryOf(request), fault?.kind === 'unauthenticated-bare');
  if (answer.kind === 'redirect') response.writeHead(302, { location: answer.location, 'content-length': 0 }).end();
  else send(response, 400, { error: answer.error, error_description: answer.description });
}

function answerRevoke(backend: Backend, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  backend.arrive({ operation: 'revoke', headers: headersOf(request) });
  const token = new URLSearchParams(body.toString('utf8')).get('token') ?? queryOf(request).get('token') ?? '';
  const answer = backend.options.rules.oauth.revoke(token);
  send(response, answer.status, answer.body);
}

function answerToken(backend: Backend, request: IncomingMessage, response: ServerResponse, body: Buffer): void {
  const { fault } = backend.arrive({ operation: 'token', headers: headersOf(request) });
  if (fault === undefined) {
    const { status, body: answer } = backend.options.rules.oauth.token(new URLSearchParams(body.toString('utf8')));
    send(response, status, answer);
  } else if (fault.kind === 'reset') response.destroy();
  else if (fault.kind === 'garbage') html(response);
  else if (fault.kind !== 'timeout') {
    const status = fault.kind === 'rate-limit' ? 429 : 503;
    send(response, status, { error: 'temporarily_unavailable', error_description: 'Try again later.' });
  }
}

function answerSearch(backend: Backend, exchange: Exchange, asked: SearchRequest): void {
  const page = backend.search(asked, headersOf(exchange.request));
  const writer = rowWriter(page.query, 'json');
  const results = writeRows(page.query, page.rows, 'json', exchange.fault);
  const body = {
    ...(results.length === 0 ? {} : { results }),
    ...(page.nextPageToken === undefined ? {} : { nextPageToken: page.nextPageToken }),
    ...(page.totalResultsCount === undefined ? {} : { totalResultsCount: String(page.totalResultsCount) }),
    fieldMask: writer.fieldMask,
    ...(page.summary === undefined ? {} : { summaryRow: summary(writer.write(page.summary)) }),
  };
  if (exchange.fault?.kind === 'truncate') truncate(exchange.response, JSON.stringify(body));
  else send(exchange.response, 200, body, exchange.requestId);
}

async function answerStream(backend: Backend, exchange: Exchange, asked: SearchRequest): Promise<void> {
  const { response, requestId, fault } = exchange;
  const answer = backend.searchStream(asked, headersOf(exchange.request));
  const writer = rowWriter(answer.query, 'json');
  if (fault?.kind === 'truncate') {
    const [rows = []] = answer.chunks;
    const results = writeRows(answer.query, rows, 'json', fault);
    return truncate(response, JSON.stringify([{ results, fieldMask: writer.fieldMask, requestId }]));
  }
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8', 'request-id': requestId });
  let prefix = '[';
  const write = async (chunk: Record<string, unknown>) => {
    const text = `${prefix}${JSON.stringify({ ...chunk, fieldMask: writer.fieldMask, requestId })}\n`;
    prefix = ',\r\n';
    if (!response.write(text)) await drained(response);
  };
  let first = fault;
  for (const rows of answer.chunks) {
    if (response.destroyed) return;
    await write(rows.length === 0 ? {} : { results: writeRows(answer.query, rows, 'json', first) });
    first = undefined;
  }
  const total = answer.summary?.row;
  if (total !== undefined) await write({ summaryRow: summary(writer.write(total)) });
  response.end(']');
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

/** A summary row has only the metrics. */
function summary(row: Record<string, unknown>): Record<string, unknown> {
  return { metrics: row['metrics'] };
}

/** Does what a fault does to the connection itself; true when nothing is left to answer. */
async function spoilt({ response, fault }: Exchange): Promise<boolean> {
  if (fault?.kind === 'reset') response.destroy();
  else if (fault?.kind === 'garbage') html(response);
  else if (fault?.kind === 'timeout') await once(response, 'close');
  else return false;
  return true;
}

function readSearch(customerId: string, text: string, type: string): SearchRequest {
  let fields: Record<string, unknown>;
  try {
    fields = readJson(`${packageName}.services.${type}`, text);
  } catch (error) {
    const what = error instanceof UnknownField ? error.message : 'Invalid JSON payload received.';
    throw new BareFailure('INVALID_ARGUMENT', what, 'INVALID_JSON');
  }
  const settings = fields['search_settings'];
  const setting = (name: string) =>
    typeof settings === 'object' && settings !== null && Reflect.get(settings, name) === true;
  const query = fields['query'];
  if (typeof query !== 'string' || query === '') {
    throw new AdsFailure('request_error', 'REQUIRED_FIELD_MISSING', 'Required field is missing: query.');
  }
  return {
    customerId,
    query,
    pageToken: String(fields['page_token'] ?? ''),
    pageSize: Number(fields['page_size'] ?? 0),
    validateOnly: fields['validate_only'] === true,
    returnSummaryRow: setting('return_summary_row') || fields['summary_row_setting'] === 'SUMMARY_ROW_WITH_RESULTS',
    returnTotalResultsCount: setting('return_total_results_count'),
    omitResults: setting('omit_results'),
  };
}

/** The decoded path; as it came where it cannot be decoded, which no route matches. */
function pathOf(request: IncomingMessage): string {
  const raw = (request.url ?? '/').split('?')[0] ?? '/';
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

function queryIn(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    const query = typeof parsed === 'object' && parsed !== null && 'query' in parsed ? parsed.query : undefined;
    return typeof query === 'string' ? query : undefined;
  } catch {
    return undefined;
  }
}

function headersOf(request: IncomingMessage): (name: string) => string | undefined {
  return (name) => {
    const value = request.headers[name];
    return Array.isArray(value) ? value[0] : value;
  };
}

async function readBody(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size > maxBodyBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function send(response: ServerResponse, status: number, body: unknown, requestId?: string): void {
  const text = JSON.stringify(body);
  response.writeHead(status, {
    'content-type': 'application/json; charset=UTF-8',
    'content-length': Buffer.byteLength(text),
    ...(requestId === undefined ? {} : { 'request-id': requestId }),
  });
  response.end(text);
}

function html(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html; charset=UTF-8' });
  response.end(garbage);
}

/** Sends half of an answer whose length was announced, then cuts the connection. */
function truncate(response: ServerResponse, text: string): void {
  const bytes = Buffer.from(text);
  response.writeHead(200, { 'content-type': 'application/json; charset=UTF-8', 'content-length': bytes.length });
  response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy());
}

function notFound(response: ServerResponse, path: string): void {
  send(response, 404, {
    error: { code: 404, message: `Requested entity was not found: ${path}`, status: 'NOT_FOUND' },
  });
}
