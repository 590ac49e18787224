import type { Item, TableAccess, TransactAction } from '../../../../adapters/stores/table.ts';
import type { PlatformWriter } from '../../../../domain/integrations/platform-writer.ts';

/** What an action of a transaction is about. */
const placeOf = (action: TransactAction): string => String(('put' in action ? action.put : action.remove).sk);
const isAbout = (action: TransactAction, ...prefixes: readonly string[]): boolean =>
  prefixes.some((one) => placeOf(action).startsWith(one));

const unconditional = (action: TransactAction): TransactAction =>
  'put' in action ? { put: action.put } : { remove: action.remove };

/** A table in whose transactions some conditions do not count. */
const withoutConditions = (table: TableAccess, ...prefixes: readonly string[]): TableAccess => ({
  ...table,
  attempt: (actions) => table.attempt(actions.map((one) => (isAbout(one, ...prefixes) ? unconditional(one) : one))),
});

/** A table whose transactions leave something out, which is written after them. */
const apart = (table: TableAccess, ...prefixes: readonly string[]): TableAccess => ({
  ...table,
  async attempt(actions) {
    const late = actions.filter((one) => 'put' in one && one.condition === undefined && isAbout(one, ...prefixes));
    const outcome = await table.attempt(actions.filter((one) => !late.includes(one)));
    if (!outcome.done) return outcome;
    await table.putMany(late.flatMap((one) => ('put' in one ? [one.put] : [])));
    return outcome;
  },
});

export interface Sabotage {
  readonly table?: (table: TableAccess) => TableAccess;
  readonly writer?: (writer: PlatformWriter) => PlatformWriter;
}

/** An entry that is not written with what it tells of, and whose place nobody takes: chain and table no longer agree. */
const silent = (table: TableAccess): TableAccess => ({
  ...table,
  attempt: (actions) => {
    const ends = actions.some((one) => 'remove' in one && isAbout(one, 'OUTBOX#'));
    const kept = ends ? actions.filter((one) => !isAbout(one, 'AUDIT')) : actions;
    return table.attempt(kept);
  },
});

/** Sends a write a second time where the first was not answered, as a client with retries does. */
const insistent = (writer: PlatformWriter): PlatformWriter => ({
  ...writer,
  apply: (...given) => writer.apply(...given).catch(() => writer.apply(...given)),
});

/** Looks nothing up: what is to be made is not there, and what is to be changed is as it was. */
function blind(writer: PlatformWriter): PlatformWriter {
  const first = new Map<string, ReturnType<PlatformWriter['present']>>();
  return {
    ...writer,
    made: async () => undefined,
    present: (account, target, options) => {
      const known = first.get(target.platformId) ?? writer.present(account, target, options);
      first.set(target.platformId, known);
      known.catch(() => first.delete(target.platformId));
      return known;
    },
  };
}

/**
 * Ways in which the engine could be wrong, each built into what it works with. The histories have to find every one of them:
 * a check that finds none of these proves nothing.
 */
export const sabotages = {
  'writes without looking first': { writer: blind },
  'repeats a write that was not answered': { writer: insistent },
  'takes no lease': { table: (table) => withoutConditions(table, 'OPERATION#', 'OUTBOX#', 'LANE#') },
  'has no lanes: two changes write one object at a time': { table: (table) => withoutConditions(table, 'LANE#') },
  'has no fencing: whoever lost an operation still records': {
    table: (table) => withoutConditions(table, 'OPERATION#', 'OUTBOX#'),
  },
  'fills the outbox after the decision instead of with it': { table: (table) => apart(table, 'OUTBOX#') },
  'tells the audit trail nothing of an end': { table: silent },
  'forgets what it has sent': {
    table: (table) => ({
      ...table,
      attempt: (actions) =>
        table.attempt(
          actions.map((one) =>
            'put' in one && isAbout(one, 'OPERATION#')
              ? { ...one, put: { ...one.put, record: { ...(one.put.record as Item), sentAt: null } } }
              : one,
          ),
        ),
    }),
  },
} as const satisfies Record<string, Sabotage>;
