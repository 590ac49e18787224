import { createHash } from 'node:crypto';
import type { Fault, FaultPlan } from '../control/faults.ts';
import type { RequestLog } from '../control/request-log.ts';
import type { WriteLog } from '../control/write-log.ts';
import type { Market } from '../market/market.ts';
import { hashText, mix, uniform } from '../market/random.ts';
import type { Account } from '../market/world.ts';
import { type AccessRules, authenticate, authorize, expiredToken, type Headers } from './access.ts';
import { chunksOf, rowsOf, Summary } from './answer.ts';
import { AdsFailure, BareFailure } from './failure.ts';
import { parse, type Query } from './gaql/parser.ts';
import { kindOf, type Row } from './gaql/row.ts';
import { validate } from './gaql/validate.ts';
import { rowWriter } from './gaql/write-row.ts';
import { mutate, type Outcome } from './mutate/mutate.ts';
import type { Operation } from './mutate/operation.ts';
import { type Quota, temporarilyExhausted } from './quota.ts';

interface BackendOptions {
  readonly market: Market;
  readonly rules: AccessRules;
  readonly quota: Quota;
  readonly faults: FaultPlan;
  readonly log: RequestLog;
  readonly writes: WriteLog;
  readonly now: () => number;
  /** Rows of one search page and of one chunk of a stream. */
  readonly pageRows: number;
  /** Share of calls that fail for no reason of the caller's, a fraction. */
  readonly transientFailureRate: number;
}

/** A call as both wires hand it in. */
interface Call {
  readonly operation: string;
  readonly headers: Headers;
  readonly customerId?: string | undefined;
  readonly query?: string | undefined;
  /** Whether it would change anything. */
  readonly write?: boolean;
}

export interface MutateRequest {
  readonly customerId: string;
  readonly operations: readonly Operation[];
  readonly validateOnly: boolean;
  readonly partialFailure: boolean;
}

/** Google's fields of a search request, with proto names. */
export interface SearchRequest {
  readonly customerId: string;
  readonly query: string;
  readonly pageToken: string;
  readonly pageSize: number;
  readonly validateOnly: boolean;
  readonly returnSummaryRow: boolean;
  readonly returnTotalResultsCount: boolean;
  readonly omitResults: boolean;
}

export interface Page {
  readonly query: Query;
  readonly rows: readonly Row[];
  readonly summary: Row | undefined;
  readonly nextPageToken: string | undefined;
  readonly totalResultsCount: number | undefined;
}

interface StreamAnswer {
  readonly query: Query;
  readonly chunks: Iterable<readonly Row[]>;
  /** Complete once every chunk has been taken; `undefined` when none was asked for. */
  readonly summary: Summary | undefined;
}

/** All rows of a search, kept while its pages are read. */
interface Whole {
  readonly rows: readonly Row[];
  /** Rows before LIMIT and paging. */
  readonly total: number;
}

/** What Google does with a call once it is off the wire. Throws AdsFailure and BareFailure. */
export class Backend {
  readonly options: BackendOptions;
  #arrivals = 0;
  readonly #recent = new Map<string, Whole>();

  constructor(options: BackendOptions) {
    this.options = options;
  }

  /** Counts a call and decides what goes wrong with it. Faults that spoil the answer itself are left to the wire. */
  arrive(call: Call): { readonly requestId: string; readonly fault: Fault | undefined } {
    const { operation, customerId, query, write = false } = call;
    const facts = { platform: 'google-ads', operation, account: customerId, query, write };
    this.options.log.record(facts);
    this.#arrivals += 1;
    const requestId = digest(`${this.options.market.world.seed}|${this.#arrivals}`).slice(0, 22);
    return { requestId, fault: this.options.faults.take(facts) };
  }

  /** Throws what a fault, or chance, makes of a call. */
  fail(fault: Fault | undefined): void {
    const wait = fault?.retryAfterSeconds ?? 5;
    switch (fault?.kind) {
      case 'unavailable':
      case 'maintenance':
        throw transient('UNAVAILABLE');
      case 'internal':
        throw transient('INTERNAL');
      case 'rate-limit':
        throw temporarilyExhausted(wait);
      case 'quota-exhausted':
        throw this.options.quota.exhausted(wait);
      case 'token-expired':
        this.options.rules.oauth.expireAll();
        throw expiredToken();
      case 'unauthenticated-bare':
        throw new BareFailure('UNAUTHENTICATED', 'Request had invalid authentication credentials.');
      default:
    }
    const chance = mix(mix(hashText('transient'), this.options.market.world.seed), this.#arrivals);
    if (uniform(chance) < this.options.transientFailureRate)
      throw transient(chance % 2 === 0 ? 'UNAVAILABLE' : 'INTERNAL');
  }

  listAccessibleCustomers(headers: Headers): readonly string[] {
    const grant = authenticate(headers, this.options.rules);
    this.options.quota.spend(1);
    return grant.customerIds.map((id) => `customers/${id}`);
  }

  /** Checks a call to something the simulator does not do, then refuses it by name. */
  refuse(method: string, headers: Headers): never {
    authenticate(headers, this.options.rules);
    throw new BareFailure(
      'UNIMPLEMENTED',
      `The simulator does not model ${method}; it models search, searchStream, mutate and listAccessibleCustomers.`,
    );
  }

  /** All of a request or nothing of it; each operation counts. */
  mutate(request: MutateRequest, headers: Headers): Outcome {
    const account = this.#open(request.customerId, headers, request.operations.length);
    if (request.partialFailure)
      throw new BareFailure(
        'UNIMPLEMENTED',
        'The simulator does not model partial_failure; a mutate happens wholly or not.',
      );
    const { market } = this.options;
    const outcome = mutate(request.operations, { market, account, now: this.options.now() }, request.validateOnly);
    if (!request.validateOnly) this.#recent.clear();
    return outcome;
  }

  searchStream(request: SearchRequest, headers: Headers): StreamAnswer {
    const account = this.#open(request.customerId, headers);
    const query = checked(request, account);
    const summary = request.returnSummaryRow ? new Summary() : undefined;
    const { pageRows } = this.options;
    const chunks = chunksOf(this.#rows(query, account, this.options.now()), query.limit, pageRows);
    const counted = chunks.map((rows) => {
      summary?.add(rows);
      return rows;
    });
    return { query, summary, chunks: counted };
  }

  search(request: SearchRequest, headers: Headers): Page {
    if (request.pageSize !== 0) {
      throw new AdsFailure(
        'request_error',
        'PAGE_SIZE_NOT_SUPPORTED',
        'Setting the page size is not supported. Search Responses will have fixed page size of 10000 rows.',
      );
    }
    const account = this.#open(request.customerId, headers);
    const query = checked(request, account);
    const fingerprint = digest(`${request.customerId}|${request.query}`).slice(0, 16);
    // Every page shows the instant of the first.
    const { offset, asOfMs } =
      request.pageToken === ''
        ? { offset: 0, asOfMs: this.options.now() }
        : readPageToken(request.pageToken, fingerprint);
    const whole = request.validateOnly ? { rows: [], total: 0 } : this.#whole(query, account, asOfMs, fingerprint);
    const end = offset + this.options.pageRows;
    const summary = new Summary();
    if (request.returnSummaryRow) summary.add(whole.rows);
    return {
      query,
      rows: request.omitResults ? [] : whole.rows.slice(offset, end),
      summary: summary.row,
      nextPageToken:
        end < whole.rows.length && !request.omitResults ? writePageToken(end, asOfMs, fingerprint) : undefined,
      totalResultsCount: request.returnTotalResultsCount ? whole.total : undefined,
    };
  }

  #open(customerId: string, headers: Headers, operations = 1): Account {
    const grant = authenticate(headers, this.options.rules);
    const account = authorize(customerId, headers, grant, this.options.rules);
    this.options.quota.spend(operations);
    return account;
  }

  #rows(query: Query, account: Account, asOfMs: number): Iterable<Row> {
    const { market, rules } = this.options;
    return rowsOf(query, { market, directory: rules.directory, account, asOfMs });
  }

  #whole(query: Query, account: Account, asOfMs: number, fingerprint: string): Whole {
    const key = `${fingerprint}|${asOfMs}|${this.options.market.world.seed}`;
    const known = this.#recent.get(key);
    if (known !== undefined) return known;
    const all = [...this.#rows(query, account, asOfMs)];
    const whole = { rows: query.limit === undefined ? all : all.slice(0, query.limit), total: all.length };
    if (whole.rows.length > this.options.pageRows) {
      for (const old of [...this.#recent.keys()].slice(0, Math.max(0, this.#recent.size - 2))) this.#recent.delete(old);
      this.#recent.set(key, whole);
    }
    return whole;
  }

  /** After the world changed: nothing is remembered of the old one. */
  forget(): void {
    this.#recent.clear();
  }
}

function checked(request: SearchRequest, account: Account): Query {
  const query = parse(request.query);
  validate(query, account.kind === 'manager');
  if (request.returnSummaryRow && !query.select.some((field) => kindOf(field) === 'metric')) {
    throw new AdsFailure(
      'request_error',
      'CANNOT_RETURN_SUMMARY_ROW_FOR_REQUEST_WITHOUT_METRICS',
      'A summary row needs metrics in the SELECT clause.',
    );
  }
  return query;
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Rows as messages; a `bad-row` fault spoils the first with a number no client can read. */
export function writeRows(
  query: Query,
  rows: readonly Row[],
  naming: 'json' | 'proto',
  fault: Fault | undefined,
): unknown[] {
  const writer = rowWriter(query, naming);
  const written = rows.map((row) => writer.write(row));
  const first = written[0];
  if (fault?.kind === 'bad-row' && first !== undefined) spoil(first);
  return written;
}

function spoil(row: Record<string, unknown>): void {
  const metrics = row['metrics'];
  if (typeof metrics === 'object' && metrics !== null && 'costMicros' in metrics) {
    row['metrics'] = { ...metrics, costMicros: '-1', impressions: 'n/a' };
  } else
    for (const part of Object.values(row))
      if (typeof part === 'object' && part !== null && 'status' in part) part.status = 'NO_SUCH_STATUS';
}

function transient(status: 'UNAVAILABLE' | 'INTERNAL'): AdsFailure {
  return status === 'INTERNAL'
    ? new AdsFailure('internal_error', 'INTERNAL_ERROR', 'An internal error has occurred.')
    : new AdsFailure(
        'internal_error',
        'TRANSIENT_ERROR',
        'A transient internal error has occurred. Retry the request.',
        { status },
      );
}

function writePageToken(offset: number, asOfMs: number, fingerprint: string): string {
  return Buffer.from(JSON.stringify([offset, asOfMs, fingerprint])).toString('base64url');
}

function readPageToken(token: string, fingerprint: string): { offset: number; asOfMs: number } {
  try {
    const [offset, asOfMs, mark]: unknown[] = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    if (mark === fingerprint && Number.isInteger(offset) && Number.isInteger(asOfMs)) {
      return { offset: Number(offset), asOfMs: Number(asOfMs) };
    }
  } catch {
    // Not a token of ours; refused below.
  }
  throw new AdsFailure(
    'request_error',
    'INVALID_PAGE_TOKEN',
    'The page token is invalid, or belongs to another query.',
  );
}
