import { deflateRawSync, inflateRawSync } from 'node:zlib';
import * as z from 'zod/mini';
import { isoDate } from '../../contracts/schemas/primitives.ts';
import { pollKeptDays } from '../../contracts/streams/windows.ts';
import type { DayTotals } from '../../domain/integrations/streaming/poll-difference.ts';
import { workspacePk } from './keys.ts';
import type { Table } from './table.ts';

/** How far the polling of an account's day has come. */
export interface PollState {
  readonly accountId: string;
  readonly date: string;
  /** Polls that brought something. */
  readonly sequence: number;
  /** The last of them whose events are all on the stream. */
  readonly sent: number;
  /** What the platform said in the poll of the sequence before, and in this one. */
  readonly before: DayTotals;
  readonly totals: DayTotals;
  /** Epoch milliseconds of the poll of `sequence`, and of the one before it. */
  readonly polledAt: number;
  readonly polledBefore: number | null;
  /** The last time it was asked, whether it brought anything or not. */
  readonly askedAt: number;
  /** Nobody else polls the day before this. */
  readonly leasedUntil: number;
}

const record = z.object({
  accountId: z.string(),
  date: isoDate,
  sequence: z.int(),
  sent: z.int(),
  before: z.instanceof(Uint8Array),
  totals: z.instanceof(Uint8Array),
  polledAt: z.int(),
  polledBefore: z.nullable(z.int()),
  askedAt: z.int(),
  leasedUntil: z.int(),
});

export interface PollStore {
  get(accountId: string, date: string): Promise<PollState | undefined>;
  /** Takes the day for a while, which makes its state when there is none. Answers nothing when somebody else has it. */
  lease(accountId: string, date: string, now: number, until: number): Promise<PollState | undefined>;
  /** Writes what was found, while the lease is held. Answers whether it was. */
  keep(state: PollState): Promise<boolean>;
  /** Writes how far it came and gives the lease back: from `at` (epoch milliseconds) on anybody may take it. */
  release(state: PollState, at: number): Promise<void>;
}

const keptSeconds = pollKeptDays * 86_400;

export function createPollStore(table: Table, workspaceId: string): PollStore {
  const keyOf = (accountId: string, date: string) => ({
    pk: workspacePk(workspaceId),
    sk: `POLL#${accountId}#${date}`,
  });
  const get = async (accountId: string, date: string): Promise<PollState | undefined> => {
    const item = await table.get(keyOf(accountId, date));
    if (item === undefined) return undefined;
    const { before, totals, ...rest } = record.parse(item);
    return { ...rest, before: unpack(before), totals: unpack(totals) };
  };
  const itemOf = (state: PollState) => ({
    ...state,
    before: pack(state.before),
    totals: pack(state.totals),
    // A day that was never answered has a lease all the same.
    expiresAt: Math.floor(Math.max(state.askedAt, state.leasedUntil) / 1_000) + keptSeconds,
  });
  const write = (state: PollState, heldUntil: number): Promise<boolean> =>
    table.update(keyOf(state.accountId, state.date), itemOf(state), {
      expression: 'leasedUntil = :lease',
      values: { ':lease': heldUntil },
    });
  return {
    get,
    async lease(accountId, date, now, until) {
      const held = await get(accountId, date);
      if (held === undefined) {
        const first: PollState = {
          accountId,
          date,
          sequence: 0,
          sent: 0,
          before: {},
          totals: {},
          polledAt: 0,
          polledBefore: null,
          askedAt: 0,
          leasedUntil: until,
        };
        const made = await table.put({ ...keyOf(accountId, date), ...itemOf(first) }, { ifAbsent: true });
        return made ? first : undefined;
      }
      const taken = await table.update(
        keyOf(accountId, date),
        { leasedUntil: until },
        {
          // What was read must still hold: who took it in between may have gone on and given it back.
          expression: 'leasedUntil = :held AND leasedUntil <= :now AND #sequence = :sequence AND sent = :sent',
          names: { '#sequence': 'sequence' },
          values: { ':held': held.leasedUntil, ':now': now, ':sequence': held.sequence, ':sent': held.sent },
        },
      );
      return taken ? { ...held, leasedUntil: until } : undefined;
    },
    keep: (state) => write(state, state.leasedUntil),
    async release(state, at) {
      await write({ ...state, leasedUntil: at }, state.leasedUntil);
    },
  };
}

const pack = (totals: DayTotals): Uint8Array => deflateRawSync(JSON.stringify(totals));
const unpack = (bytes: Uint8Array): DayTotals => JSON.parse(inflateRawSync(bytes).toString()) as DayTotals;
