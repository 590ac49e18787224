/** What can be made to go wrong on a platform's wire. */
const faultKinds = [
  'unavailable',
  'internal',
  'rate-limit',
  'quota-exhausted',
  'token-expired',
  'unauthenticated-bare',
  'garbage',
  'truncate',
  'reset',
  'timeout',
  'bad-row',
  /** Every call, however often it is tried, until the fault is taken away or spent. */
  'maintenance',
  // Meet writes alone: the platform does what it was asked, and the answer never comes.
  'act-then-timeout',
  'act-then-reset',
] as const;
type FaultKind = (typeof faultKinds)[number];

interface FaultMatch {
  readonly platform?: string;
  readonly account?: string;
  readonly operation?: string;
  /** Text the query contains, e.g. `FROM keyword_view`. */
  readonly query?: string;
}

export interface Fault {
  readonly kind: FaultKind;
  readonly match: FaultMatch;
  /** How many more calls it meets; `undefined` is all of them. */
  readonly times: number | undefined;
  /** For rate-limit: what the platform tells the caller to wait. */
  readonly retryAfterSeconds: number;
}

/** One call as a fault sees it. */
export interface CallFacts {
  readonly platform: string;
  readonly operation: string;
  readonly account?: string | undefined;
  readonly query?: string | undefined;
  /** Whether it would change anything. */
  readonly write?: boolean;
}

/** The faults to come. The first that matches a call is spent on it. */
export class FaultPlan {
  #faults: Fault[] = [];

  add(fault: Fault): void {
    this.#faults.push(fault);
  }

  clear(): void {
    this.#faults = [];
  }

  list(): readonly Fault[] {
    return this.#faults;
  }

  take(call: CallFacts): Fault | undefined {
    const index = this.#faults.findIndex((fault) => meets(fault, call));
    const fault = this.#faults[index];
    if (fault === undefined || fault.times === undefined) return fault;
    if (fault.times <= 1) this.#faults.splice(index, 1);
    else this.#faults[index] = { ...fault, times: fault.times - 1 };
    return fault;
  }
}

/** Reads a fault from JSON; throws an Error that names what is wrong. */
export function readFault(input: unknown): Fault {
  const record = asRecord(input, 'A fault');
  const kind = faultKinds.find((known) => known === record['kind']);
  if (kind === undefined) throw new Error(`A fault's kind must be one of ${faultKinds.join(', ')}.`);
  const match = asRecord(record['match'] ?? {}, "A fault's match");
  const text = (name: keyof FaultMatch) => {
    const value = match[name];
    if (value !== undefined && typeof value !== 'string') throw new Error(`A fault's match.${name} must be text.`);
    return value === undefined ? {} : { [name]: value };
  };
  for (const name of Object.keys(match)) {
    if (!['platform', 'account', 'operation', 'query'].includes(name))
      throw new Error(`A fault cannot match on ${name}.`);
  }
  const times = record['times'];
  if (times !== undefined && !(Number.isInteger(times) && Number(times) > 0))
    throw new Error("A fault's times must be a whole number above 0.");
  const wait = record['retryAfterSeconds'] ?? 5;
  if (typeof wait !== 'number' || wait < 0) throw new Error("A fault's retryAfterSeconds must be a number from 0.");
  return {
    kind,
    match: { ...text('platform'), ...text('account'), ...text('operation'), ...text('query') },
    times: times === undefined ? undefined : Number(times),
    retryAfterSeconds: wait,
  };
}

function meets({ kind, match }: Fault, call: CallFacts): boolean {
  if ((kind === 'act-then-timeout' || kind === 'act-then-reset') && call.write !== true) return false;
  return matches(match, call);
}

/** Whether a fault lets the platform act and then loses the answer. */
export function losesAnswer(fault: Fault | undefined): boolean {
  return fault?.kind === 'act-then-timeout' || fault?.kind === 'act-then-reset';
}

function matches(match: FaultMatch, call: CallFacts): boolean {
  return (
    (match.platform === undefined || match.platform === call.platform) &&
    (match.account === undefined || match.account === call.account) &&
    (match.operation === undefined || match.operation === call.operation) &&
    (match.query === undefined || (call.query?.includes(match.query) ?? false))
  );
}

function asRecord(input: unknown, what: string): Record<string, unknown> {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    throw new Error(`${what} must be an object.`);
  return input as Record<string, unknown>;
}
