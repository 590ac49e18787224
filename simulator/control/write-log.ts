/** A write that reached a platform: one for every operation in it, whatever became of it. */
export interface Write {
  /** Of the arrival, from 1. */
  readonly number: number;
  readonly platform: string;
  readonly account: string | undefined;
  /** As faults and the request log name it, with what is written: `mutate` and `campaign.create`. */
  readonly operation: string;
  readonly kind: string | undefined;
  /** Epoch milliseconds of the simulated clock. */
  readonly at: number;
  readonly requestId: string;
  /** `arrived` until the platform has decided. */
  readonly outcome: 'arrived' | 'done' | 'repeated' | 'refused' | 'failed' | 'validated';
  /** Ids of what it made or changed, or of what an earlier try had. */
  readonly objectIds: readonly string[];
  /** The platform's code of a refusal or failure. */
  readonly code: string | undefined;
  /** Whether its answer was sent; `false` when a fault swallowed it. */
  readonly answered: boolean;
}

type Arrival = Pick<Write, 'platform' | 'account' | 'operation' | 'at' | 'requestId'> & { readonly kind?: string };

/** What a wire says of a write it has let in. */
export interface WriteRecord {
  /** It is in force. */
  done(objectIds: readonly string[]): void;
  /** The platform knew the request already and did nothing again. */
  repeated(objectIds: readonly string[]): void;
  /** It was found valid and, as asked, not done. */
  validated(): void;
  /** The platform does not want it. */
  refused(code: string): void;
  /** Something went wrong before it was done. */
  failed(code: string): void;
  /** Done, but the caller never learns it. */
  unanswered(): void;
}

/** Every write in the order of arrival, for tests that count how often something was sent and done. */
export class WriteLog {
  #writes: Write[] = [];

  arrive({ kind, ...arrival }: Arrival): WriteRecord {
    const index = this.#writes.length;
    const writes = this.#writes;
    writes.push({
      ...arrival,
      kind,
      number: index + 1,
      outcome: 'arrived',
      objectIds: [],
      code: undefined,
      answered: true,
    });
    const record = (change: Partial<Write>) => {
      const write = writes[index];
      if (write !== undefined) writes[index] = { ...write, ...change };
    };
    return {
      done: (objectIds) => record({ outcome: 'done', objectIds }),
      repeated: (objectIds) => record({ outcome: 'repeated', objectIds }),
      validated: () => record({ outcome: 'validated' }),
      refused: (code) => record({ outcome: 'refused', code }),
      failed: (code) => record({ outcome: 'failed', code }),
      unanswered: () => record({ answered: false }),
    };
  }

  list(): readonly Write[] {
    return this.#writes;
  }

  /** What is still under way is recorded nowhere. */
  clear(): void {
    this.#writes = [];
  }
}
