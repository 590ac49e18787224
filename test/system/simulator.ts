/** The simulated platform's control port: its clock, its faults and what it would report. */

export interface TruthRow {
  readonly date: string;
  readonly campaignId?: string;
  readonly groupId?: string;
  readonly adId?: string;
  readonly keywordId?: string;
  readonly impressions: number;
  readonly clicks: number;
  readonly costMicros: number;
  readonly conversionsMicros: number;
  readonly valueMicros: number;
}

export type TruthGrain = 'account' | 'campaign' | 'ad-group' | 'ad' | 'keyword';

/** The shop's accounts by their platform ids. */
export const GERMANY = '4210000001';
export const SECOND = '4210000002';
export const THIRD = '4210000003';
export const CLOSED = '4210000004';
export const OPEN_ACCOUNTS = [GERMANY, SECOND, THIRD] as const;

export interface FaultOrder {
  readonly kind: string;
  readonly match: {
    readonly account?: string;
    readonly operation?: string;
    readonly query?: string;
  };
  readonly times?: number;
  readonly retryAfterSeconds?: number;
}

export class Simulator {
  readonly #url: string;

  constructor(url: string) {
    this.#url = url;
  }

  async #call(method: string, path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${this.#url}/control/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    const answer: unknown = await response.json();
    if (!response.ok) throw new Error(`${method} /control/${path}: ${JSON.stringify(answer)}`);
    return answer;
  }

  /** Today goes on earning while the clock runs: only a clock that stands has one truth. */
  async holdClock(): Promise<void> {
    await this.#call('POST', 'clock', { speed: 0 });
  }

  async advanceDays(advanceDays: number): Promise<void> {
    await this.#call('POST', 'clock', { advanceDays });
  }

  async fail(...faults: readonly FaultOrder[]): Promise<void> {
    await this.#call('POST', 'faults', faults);
  }

  /** Faults that are still to come. */
  async pendingFaults(): Promise<readonly FaultOrder[]> {
    return (await this.#call('GET', 'faults')) as readonly FaultOrder[];
  }

  async heal(): Promise<void> {
    await this.#call('DELETE', 'faults');
  }

  async truth(account: string, grain: TruthGrain, from: string, to: string): Promise<readonly TruthRow[]> {
    const answer = await this.#call('GET', `truth?${new URLSearchParams({ account, grain, from, to })}`);
    return (answer as { readonly rows: readonly TruthRow[] }).rows;
  }
}
