import { createAuditStore } from '../../../../adapters/stores/audit-store.ts';
import { createChangeStore } from '../../../../adapters/stores/change-store.ts';
import { createDueStore, createOutboxStore } from '../../../../adapters/stores/outbox-store.ts';
import type { TableAccess } from '../../../../adapters/stores/table.ts';
import { resumableOperations } from '../../../../domain/changes/change-record.ts';
import { AppError } from '../../../../domain/errors.ts';
import { derivedId } from '../../../../domain/integrations/ids.ts';
import type { ApplyPorts } from '../../../../functions/integrations/apply-changes/ports.ts';
import { type ChangeName, runOutbox } from '../../../../functions/integrations/apply-changes/run-outbox.ts';
import { MemoryTable } from '../../../adapters/stores/memory-table.ts';
import { wrongsOf } from './crash-checks.ts';
import { decide, entryOf, type Wish } from './crash-decisions.ts';
import { idOf, type Planned, Plans } from './crash-plan.ts';
import type { Sabotage } from './crash-sabotage.ts';
import { ModelPlatform } from './model-platform.ts';
import { type Odds, type Process, SimulatedTime } from './simulated-time.ts';

const workspaceId = derivedId('wsp', ['histories']);
const minuteMs = 60_000;
/** A worker lives this long and is then started again by the schedule. */
const invocationMs = 10 * minuteMs;
const mostMinutes = 600;

/** What a history came to. */
export interface History {
  readonly seed: number;
  readonly workers: number;
  readonly operations: number;
  readonly applied: number;
  /** Changes that were resumed, and ones that undid another. */
  readonly resumed: number;
  readonly undoings: number;
  readonly kills: number;
  /** Processes that stood still for longer than a lease. */
  readonly stalls: number;
  /** Awaits of all processes. */
  readonly steps: number;
  /** What must not be; empty where all is well. */
  readonly wrongs: readonly string[];
}

export interface HistoryOptions {
  /** Instead of kills and stalls by chance. */
  readonly odds?: Odds;
  /** One change of so many operations (trees are one), instead of some of several. */
  readonly small?: number;
  /** What is built into the engine to be found. */
  readonly sabotage?: Sabotage;
}

/** A table every call of which is a step of a process, and which now and then cannot answer. */
function stepping(table: TableAccess, time: SimulatedTime, process: Process, trouble: number): TableAccess {
  const step = <T>(effect: () => Promise<T>): Promise<T> => time.step(process, effect);
  const unsure = <T>(effect: () => Promise<T>, busy: T): Promise<T> =>
    step(async () => {
      if (time.chance() >= trouble) return effect();
      const way = time.between(0, 3);
      // Another transaction in the way; an answer that is lost; a request that is.
      if (way === 0) return busy;
      if (way === 1) await effect();
      throw new AppError('unavailable', 'The table does not answer.');
    });
  return {
    get: (key) => step(() => table.get(key)),
    put: (item, options) => step(() => table.put(item, options)),
    update: (key, set, condition) => step(() => table.update(key, set, condition)),
    query: (query) => step(() => table.query(query)),
    all: (query) => step(() => table.all(query)),
    getMany: (keys, attributes) => step(() => table.getMany(keys, attributes)),
    putMany: (items) => step(() => table.putMany(items)),
    removeMany: (keys) => step(() => table.removeMany(keys)),
    attempt: (actions) => unsure(() => table.attempt(actions), { done: false, failed: [] }),
    each: (query) => table.each(query),
  };
}

/**
 * One history: changes are decided on, applied, resumed and undone, by several hands at once and by workers that are killed, stand
 * still and are started again.
 */
export async function crashHistory(seed: number, options: HistoryOptions = {}): Promise<History> {
  const { sabotage = {} } = options;
  const time = new SimulatedTime(seed, options.odds ?? { kill: 0.02, stall: 0.004, mostKills: 12 });
  const troubles = { silent: time.chance() * 0.6, limited: time.chance() * 0.2 };
  const tableTrouble = time.chance() < 0.5 ? 0 : time.chance() * 0.05;
  const platform = new ModelPlatform(time, troubles);
  const plans = new Plans(time, platform);
  const table = new MemoryTable();
  const changes = createChangeStore(table, workspaceId);
  const audit = createAuditStore(table, workspaceId);
  const broken: string[] = [];
  const all: string[] = [];
  let processes = 0;
  const born = () => {
    processes += 1;
    const process: Process = { name: `process ${processes}`, killed: false, stalledUntil: 0 };
    const stepped = stepping(table, time, process, tableTrouble);
    return { process, own: sabotage.table?.(stepped) ?? stepped };
  };
  const tell = (error: unknown): void => {
    // The table's word, after which the schedule starts the next worker.
    if (error instanceof AppError && error.code === 'unavailable') return;
    broken.push(String(error));
  };

  const preview = async ({ change, operations }: Planned): Promise<void> => {
    await changes.create(change, operations, [entryOf(change, 'change.previewed', time.now)]);
    all.push(change.id);
  };
  /** Somebody confirms or resumes; the process that does it may be killed like any other. */
  const ask = (id: string, wish: Wish): void => {
    const { own } = born();
    void decide(createChangeStore(own, workspaceId), id, wish, () => time.now).catch(tell);
  };
  const start = (named: readonly ChangeName[]): void => {
    const { process, own } = born();
    const ends = time.now + invocationMs;
    const writer = platform.writerFor(process);
    const opened = sabotage.writer?.(writer) ?? writer;
    const ports: ApplyPorts = {
      workspaceId,
      outbox: createOutboxStore(own, workspaceId, (milliseconds) => time.sleep(process, milliseconds)),
      writerOf: (accountId) =>
        time.step(process, async () => ({
          kind: 'open',
          writer: opened,
          account: { platformId: accountId, currency: 'EUR', timeZone: 'Europe/Berlin' },
        })),
      readAsset: async () => ({ kind: 'refused', reason: 'the workspace has no assets' }) as const,
      fetchAsset: async () => ({ kind: 'refused', reason: 'there is no internet here' }),
      mirror: (record, _operation, { platformId }) =>
        time.step(process, async () => record.object.id ?? idOf(platformId)),
      now: () => time.now,
      deadline: () => new AbortController().signal,
      remainingMs: () => ends - time.now,
      warn: () => undefined,
    };
    const outbox = {
      due: createDueStore(own),
      portsOf: () => ports,
      now: () => time.now,
      wait: (milliseconds: number) => time.sleep(process, milliseconds),
      remainingMs: ports.remainingMs,
      failed: (_change: ChangeName, error: unknown) => tell(error),
    };
    void runOutbox(outbox, named).catch(tell);
  };

  const names = (): ChangeName[] => all.map((changeId) => ({ workspaceId, changeId }));
  const waiting = async (): Promise<boolean> => (await table.query({ pk: 'OUTBOX', index: 'gsi1' })).items.length > 0;
  /** What nobody has decided on though somebody wants it: they ask again. */
  const undecided = async (wish: Wish, wanted: readonly string[]): Promise<string[]> => {
    const open: string[] = [];
    for (const id of wanted) {
      const change = await changes.get(id);
      const rival = change?.undoOf == null ? undefined : await changes.get(change.undoOf);
      if (rival !== undefined && rival.undoneBy !== null && rival.undoneBy !== id) continue;
      if (wish === 'confirm' && change?.status === 'previewed') open.push(id);
    }
    return open;
  };
  /** Decisions by one or two hands each, workers beside them, and the schedule until nothing is left. */
  const settle = async (wish: Wish, wanted: readonly string[]): Promise<void> => {
    for (const id of wanted) for (let hands = time.between(1, 3); hands > 0; hands -= 1) ask(id, wish);
    for (let worker = 0; worker < workers; worker += 1) start(time.chance() < 0.7 ? names() : []);
    await time.drain();
    for (let minute = 0; minute < mostMinutes; minute += 1) {
      const open = await undecided(wish, wanted);
      if (open.length === 0 && !(await waiting()) && !time.somethingUnderWay) return;
      time.advance(minuteMs);
      for (const id of open) ask(id, wish);
      start([]);
      // A delivery that comes again.
      if (time.chance() < 0.2) start(names());
      await time.drain();
    }
  };

  const workers = time.between(1, 5);
  for (let left = options.small === undefined ? time.between(1, 4) : 1; left > 0; left -= 1) {
    await preview(plans.change(options.small));
  }
  // Somebody else sets a budget before anything is applied: it has to stay.
  const drifted = time.chance() < 0.3 ? { platformId: 'there-0-0', micros: 99_000_000 } : null;
  const there = platform.objects.get('there-0-0');
  if (drifted !== null && there !== undefined) there.micros = drifted.micros;
  await settle('confirm', all);

  const resumed: string[] = [];
  for (const id of all) {
    const operations = await changes.operations(id);
    if (time.chance() < 0.5 || !operations.some(({ status }) => resumableOperations.includes(status))) continue;
    for (const one of operations) platform.refusedForGood.delete(one.id);
    resumed.push(id);
  }
  if (resumed.length > 0) await settle('resume', resumed);

  const undoings: string[] = [];
  for (const id of [...all]) {
    if (time.chance() < 0.6) continue;
    // Two people undo the same, each with a preview of their own.
    for (let people = time.between(1, 3); people > 0; people -= 1) {
      const change = await changes.get(id);
      const plan = change?.finishedAt && plans.undoing(change, await changes.operations(id));
      if (!plan) break;
      await preview(plan);
      undoings.push(plan.change.id);
    }
  }
  if (undoings.length > 0) await settle('confirm', undoings);

  const ended = await Promise.all(
    all.map(async (id) => {
      const change = await changes.get(id);
      if (change === undefined) throw new Error(`There is no change ${id}.`);
      return [change, await changes.operations(id)] as const;
    }),
  );
  const operations = ended.flatMap(([, of]) => of);
  return {
    ...{ seed, workers, kills: time.kills, stalls: time.longStalls, steps: time.steps },
    operations: operations.length,
    applied: operations.filter(({ status }) => status === 'applied').length,
    resumed: resumed.length,
    undoings: undoings.length,
    wrongs: [...broken, ...(await wrongsOf({ changes: ended, platform, audit, drifted }))],
  };
}
