import { createAuditStore } from '../../../../adapters/stores/audit-store.ts';
import { createChangeStore } from '../../../../adapters/stores/change-store.ts';
import { createDueStore, createOutboxStore } from '../../../../adapters/stores/outbox-store.ts';
import type { TableAccess } from '../../../../adapters/stores/table.ts';
import type { Operation } from '../../../../contracts/schemas/changes.ts';
import type { AuditDraft } from '../../../../domain/audit/chain.ts';
import { type ChangeRecord, endedOperations, type OperationRecord } from '../../../../domain/changes/change-record.ts';
import { derivedId } from '../../../../domain/integrations/ids.ts';
import type { ApplyPorts } from '../../../../functions/integrations/apply-changes/ports.ts';
import { type ChangeName, runOutbox } from '../../../../functions/integrations/apply-changes/run-outbox.ts';
import { MemoryTable } from '../../../adapters/stores/memory-table.ts';
import { ModelPlatform } from './model-platform.ts';
import { type Process, SimulatedTime } from './simulated-time.ts';

const workspaceId = derivedId('wsp', ['histories']);
const accounts = ['one', 'two'].map((name) => derivedId('acc', [name]));
const millionsBefore = 10;
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
  readonly kills: number;
  /** What must not be; empty where all is well. */
  readonly wrongs: readonly string[];
}

/** A table every call of which is a step of a process. */
function stepping(table: TableAccess, time: SimulatedTime, process: Process): TableAccess {
  const step = <T>(effect: () => Promise<T>): Promise<T> => time.step(process, effect);
  return {
    get: (key) => step(() => table.get(key)),
    put: (item, options) => step(() => table.put(item, options)),
    update: (key, set, condition) => step(() => table.update(key, set, condition)),
    query: (query) => step(() => table.query(query)),
    all: (query) => step(() => table.all(query)),
    getMany: (keys, attributes) => step(() => table.getMany(keys, attributes)),
    putMany: (items) => step(() => table.putMany(items)),
    removeMany: (keys) => step(() => table.removeMany(keys)),
    attempt: (actions) => step(() => table.attempt(actions)),
    each: (query) => table.each(query),
  };
}

interface Planned {
  readonly change: ChangeRecord;
  readonly operations: OperationRecord[];
}

/** Changes of a few operations each: edits of objects that are there, some of them by two changes, and trees of new ones. */
function planned(time: SimulatedTime, platform: ModelPlatform): Planned[] {
  const at = new Date(time.now).toISOString();
  const campaigns = accounts.flatMap((accountId, account) =>
    [0, 1].map((n) => {
      const address = {
        kind: 'campaign',
        platformId: `there-${account}-${n}`,
        campaignType: 'search',
        campaignPlatformId: null,
        adGroupPlatformId: null,
      } as const;
      platform.add(address, address.platformId, millionsBefore * 1_000_000);
      return { accountId, address, id: derivedId('cmp', [address.platformId]) };
    }),
  );
  return Array.from({ length: time.between(1, 4) }, (_, number) => {
    const changeId = derivedId('chg', ['histories', String(number)]);
    const operations: OperationRecord[] = [];
    const add = (
      operation: Operation,
      given: Pick<OperationRecord, 'accountId' | 'object' | 'address' | 'after' | 'fields'>,
    ): void => {
      const index = operations.length;
      const id = derivedId('opn', [changeId, String(index)]);
      if (time.chance() < 0.04) platform.refusedForGood.add(id);
      operations.push({
        id,
        changeId,
        index,
        status: 'planned',
        operation,
        platform: 'linkedin-ads',
        spend: 'neutral',
        problems: [],
        warnings: [],
        result: null,
        error: null,
        conflict: null,
        attempts: 0,
        sha256: null,
        writeKey: String(1_000 * number + index + 1),
        revision: 0,
        sentAt: null,
        firstTriedAt: null,
        ...given,
      });
    };
    for (let wanted = time.between(1, 6); wanted > 0; wanted -= 1) {
      const campaign = campaigns[time.between(0, campaigns.length)];
      if (campaign === undefined) throw new Error('There are campaigns.');
      const { accountId, address, id } = campaign;
      const name = `new ${number} ${operations.length}`;
      const object = { kind: 'campaign', id, name: address.platformId, campaignId: id } as const;
      const present = { accountId, object, address, after: [] };
      const touched = operations.map((one) => `${one.object.id} ${one.operation.do}`);
      const kind = time.between(0, 3);
      if (kind === 0 && !touched.includes(`${id} set-daily-budget`)) {
        const before = { micros: millionsBefore * 1_000_000, currency: 'EUR' };
        const dailyBudget = { micros: (millionsBefore + 1 + number) * 1_000_000, currency: 'EUR' };
        const fields = [{ field: 'dailyBudget', before, after: dailyBudget }];
        add({ do: 'set-daily-budget', target: { campaignId: id }, dailyBudget }, { ...present, fields });
      } else if (kind === 1 && !touched.includes(`${id} set-status`)) {
        const fields = [{ field: 'status', before: 'paused', after: 'enabled' }];
        add({ do: 'set-status', target: { campaignId: id }, status: 'enabled' }, { ...present, fields });
      } else {
        const ref = `campaign-${operations.length}`;
        const maker = operations.length;
        const made = { id: null, campaignId: null } as const;
        add(
          {
            do: 'create-campaign',
            ref,
            accountId,
            name,
            type: 'sponsored-content',
            objective: 'traffic',
            politicalAdvertising: 'none',
          },
          { accountId, object: { ...made, kind: 'campaign', name }, address: null, after: [], fields: [] },
        );
        for (let children = time.between(0, 3); children > 0; children -= 1) {
          const child = `${name} child ${children}`;
          add(
            { do: 'create-ad-group', ref: `group-${operations.length}`, campaign: { ref }, name: child },
            {
              accountId,
              object: { ...made, kind: 'ad-group', name: child },
              address: null,
              after: [maker],
              fields: [],
            },
          );
        }
      }
    }
    const change: ChangeRecord = {
      id: changeId,
      status: 'previewed',
      reason: 'history',
      operations: operations.length,
      revision: 0,
      requestHash: null,
      effect: { accounts: [], workspace: null },
      verdicts: [],
      warnings: [],
      createdAt: at,
      createdBy: 'somebody',
      expiresAt: new Date(time.now + 3_600_000).toISOString(),
      decidedAt: null,
      decidedBy: null,
      approvedAt: null,
      approvedBy: null,
      finishedAt: null,
      undoOf: null,
      undoneBy: null,
      requestId: `request-${number}`,
    };
    return { change, operations };
  });
}

const decided = (change: ChangeRecord, action: AuditDraft['action'], at: string): AuditDraft => ({
  at,
  action,
  actor: 'somebody',
  requestId: change.requestId,
  reason: change.reason,
  changeId: change.id,
  operationId: null,
  object: null,
  before: null,
  after: null,
  platformRequestId: null,
  problem: null,
});

/** One history: changes are decided on and applied by workers that are killed, stand still and are started again. */
export async function crashHistory(seed: number): Promise<History> {
  const time = new SimulatedTime(seed, { kill: 0.03, stall: 0.004, mostKills: 12 });
  const troubles = { silent: time.chance() * 0.6, limited: time.chance() * 0.2 };
  const platform = new ModelPlatform(time, troubles);
  const table = new MemoryTable();
  const changes = createChangeStore(table, workspaceId);
  const audit = createAuditStore(table, workspaceId);
  const all = planned(time, platform);
  for (const { change, operations } of all) {
    const at = new Date(time.now).toISOString();
    await changes.create(change, operations, [decided(change, 'change.previewed', at)]);
    const next = { status: 'applying', decidedAt: at, decidedBy: 'somebody' } as const;
    const decision = { next, audit: [decided(change, 'change.confirmed', at)] };
    await changes.apply(change, decision, operations, await changes.decisions());
  }
  // Somebody else sets a budget before anything is applied: it has to stay.
  const drifted = time.chance() < 0.3 ? platform.objects.get('there-0-0') : undefined;
  if (drifted !== undefined) drifted.micros = 99_000_000;

  const workers = time.between(1, 5);
  let started = 0;
  const start = (named: readonly ChangeName[]): void => {
    started += 1;
    const process: Process = { name: `worker ${started}`, killed: false, stalledUntil: 0 };
    const own = stepping(table, time, process);
    const ends = time.now + invocationMs;
    const ports: ApplyPorts = {
      workspaceId,
      outbox: createOutboxStore(own, workspaceId, (milliseconds) => time.sleep(process, milliseconds)),
      writerOf: (accountId) =>
        time.step(process, async () => ({
          kind: 'open',
          writer: platform.writerFor(process),
          account: { platformId: accountId, currency: 'EUR', timeZone: 'Europe/Berlin' },
        })),
      fetchAsset: async () => ({ kind: 'refused', reason: 'there is no internet here' }),
      mirror: (record, _operation, { platformId }) =>
        time.step(process, async () => record.object.id ?? derivedId('cmp', [platformId])),
      now: () => time.now,
      deadline: () => new AbortController().signal,
      remainingMs: () => ends - time.now,
      warn: () => undefined,
    };
    void runOutbox(
      {
        due: createDueStore(own),
        portsOf: () => ports,
        now: () => time.now,
        wait: (milliseconds) => time.sleep(process, milliseconds),
        remainingMs: ports.remainingMs,
        failed: (_change, error) => broken.push(String(error)),
      },
      named,
    ).catch((error: unknown) => broken.push(String(error)));
  };
  const broken: string[] = [];
  const named = all.map(({ change }) => ({ workspaceId, changeId: change.id }));
  for (let worker = 0; worker < workers; worker += 1) start(time.chance() < 0.7 ? named : []);
  await time.drain();
  const left = async () => (await table.query({ pk: 'OUTBOX', index: 'gsi1' })).items.length;
  for (let minute = 0; minute < mostMinutes && ((await left()) > 0 || time.somethingUnderWay); minute += 1) {
    time.advance(minuteMs);
    start([]);
    // A delivery that comes again.
    if (time.chance() < 0.2) start(named);
    await time.drain();
  }

  const wrongs = [...broken];
  const operations = (await Promise.all(all.map(({ change }) => changes.operations(change.id)))).flat();
  const entries = (await audit.list({ limit: 1_000 })).items;
  for (const { change } of all) {
    const now = await changes.get(change.id);
    if (now?.finishedAt == null) wrongs.push(`${change.id} is ${now?.status} for ever`);
    const closings = entries.filter((one) => one.action === 'change.finished' && one.changeId === change.id).length;
    if (closings !== 1) wrongs.push(`${change.id} was closed ${closings} times`);
  }
  for (const { id, index, status, operation, error } of operations) {
    const what = `${operation.do} ${index} (${status}${error === null ? '' : `: ${error.reason}`})`;
    const acts = platform.acts.filter(({ operationId }) => operationId === id).length;
    const told = entries.filter((one) => one.operationId === id).length;
    if (!endedOperations.includes(status)) wrongs.push(`${what} was lost`);
    if (told !== 1) wrongs.push(`${what} has ${told} audit entries`);
    if (acts > 1) wrongs.push(`${what} was done ${acts} times`);
    if (status === 'applied' && acts === 0 && 'ref' in operation) wrongs.push(`${what} was never made`);
    if (['failed', 'conflict', 'blocked'].includes(status) && acts > 0) wrongs.push(`${what} was done all the same`);
  }
  const names = [...platform.objects.values()].map(({ name }) => name);
  if (new Set(names).size < names.length) wrongs.push('there are two objects of one name');
  if (drifted !== undefined && drifted.micros !== 99_000_000) wrongs.push('somebody else’s budget was overwritten');
  const { valid, faults } = await audit.verify();
  if (!valid) wrongs.push(`the audit trail is broken: ${faults.map(({ message }) => message).join(' ')}`);
  return {
    seed,
    workers,
    kills: time.kills,
    operations: operations.length,
    wrongs,
    applied: operations.filter(({ status }) => status === 'applied').length,
  };
}
