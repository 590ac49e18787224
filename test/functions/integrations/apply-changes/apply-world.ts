import { createAuditStore } from '../../../../adapters/stores/audit-store.ts';
import { createChangeStore } from '../../../../adapters/stores/change-store.ts';
import { createOutboxStore } from '../../../../adapters/stores/outbox-store.ts';
import type { AuditDraft } from '../../../../domain/audit/chain.ts';
import type { ChangeRecord, OperationRecord } from '../../../../domain/changes/change-record.ts';
import { derivedId } from '../../../../domain/integrations/ids.ts';
import type {
  ObjectAddress,
  PlatformOperation,
  PlatformWriter,
  PresentObject,
} from '../../../../domain/integrations/platform-writer.ts';
import { applyChange } from '../../../../functions/integrations/apply-changes/apply-change.ts';
import type { AccountWriter, ApplyPorts } from '../../../../functions/integrations/apply-changes/ports.ts';
import { MemoryTable } from '../../../adapters/stores/memory-table.ts';

export const workspaceId = derivedId('wsp', ['apply']);
export const accountId = derivedId('acc', ['apply']);
export const campaignId = derivedId('cmp', ['77']);
export const campaign: ObjectAddress = {
  kind: 'campaign',
  platformId: '77',
  campaignPlatformId: null,
  adGroupPlatformId: null,
  campaignType: 'sponsored-content',
};
export const euros = (units: number) => ({ micros: units * 1_000_000, currency: 'EUR' });

type Given = Pick<OperationRecord, 'operation'> & Partial<OperationRecord>;

/** An operation as a preview leaves it. */
function recordOf(changeId: string, index: number, { operation, ...given }: Given): OperationRecord {
  const edits = 'target' in operation;
  return {
    id: derivedId('opn', [changeId, String(index)]),
    changeId,
    index,
    status: 'planned',
    operation,
    accountId,
    platform: 'linkedin-ads',
    object: edits
      ? { kind: 'campaign', id: campaignId, name: 'Brand', campaignId }
      : { kind: 'campaign', id: null, name: operation.name, campaignId: null },
    fields: [],
    spend: 'neutral',
    problems: [],
    warnings: [],
    result: null,
    error: null,
    conflict: null,
    attempts: 0,
    address: edits ? campaign : null,
    after: [],
    sha256: null,
    writeKey: String(index + 1),
    revision: 0,
    sentAt: null,
    firstTriedAt: null,
    ...given,
  };
}

export const raise = (from: number, to: number): Given => ({
  operation: { do: 'set-daily-budget', target: { campaignId }, dailyBudget: euros(to) },
  fields: [{ field: 'dailyBudget', before: euros(from), after: euros(to) }],
});
export const enable: Given = {
  operation: { do: 'set-status', target: { campaignId }, status: 'enabled' },
  fields: [{ field: 'status', before: 'paused', after: 'enabled' }],
};
export const creation = (ref: string): Given => ({
  operation: {
    do: 'create-campaign',
    ref,
    accountId,
    name: ref,
    type: 'sponsored-content',
    objective: 'traffic',
    politicalAdvertising: 'none',
  },
});
export const adGroupUnder = (ref: string, index: number, name: string): Given => ({
  operation: { do: 'create-ad-group', ref: name, campaign: { ref }, name },
  object: { kind: 'ad-group', id: null, name, campaignId: null },
  after: [index],
});

const entry = (change: ChangeRecord, action: AuditDraft['action'], at: string): AuditDraft => ({
  at,
  action,
  actor: 'anna',
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

/** A platform and a table on a clock that the test moves. */
export function applyWorld() {
  const table = new MemoryTable();
  const changes = createChangeStore(table, workspaceId);
  const audit = createAuditStore(table, workspaceId);
  const world = {
    now: Date.parse('2026-11-20T08:00:00.000Z'),
    present: { dailyBudget: euros(10), status: 'paused' } as Pick<PresentObject, 'dailyBudget' | 'status'>,
    /** Every write that reached the platform, in order. */
    writes: [] as PlatformOperation[],
    mirrored: [] as (readonly [string, string])[],
    /** Called instead of answering a write. */
    onWrite: undefined as ((operation: PlatformOperation, act: () => void) => Promise<void>) | undefined,
    onRead: undefined as (() => Promise<void>) | undefined,
    writerOf: undefined as (() => Promise<AccountWriter>) | undefined,
    asset: 'bytes',
  };
  const made = new Map<string, string>();
  const writer: PlatformWriter = {
    async present(_account, address) {
      await world.onRead?.();
      return { address, name: 'Brand', bidding: null, targeting: null, serving: null, ...world.present };
    },
    async made(_account, { name }) {
      await world.onRead?.();
      const platformId = made.get(name);
      return platformId === undefined ? undefined : { platformId, platformRequestId: null };
    },
    async apply(_account, operation) {
      let platformId = 'target' in operation ? operation.target.platformId : `made-${world.writes.length}`;
      const act = (): void => {
        world.writes.push(operation);
        if (operation.do === 'set-daily-budget')
          world.present = { ...world.present, dailyBudget: operation.dailyBudget };
        if (operation.do === 'set-status') world.present = { ...world.present, status: operation.status };
        if (!('target' in operation)) made.set(operation.name, platformId);
      };
      if (world.onWrite !== undefined) await world.onWrite(operation, act);
      else act();
      platformId = 'target' in operation ? platformId : (made.get(operation.name) ?? platformId);
      return { platformId, platformRequestId: `call-${world.writes.length}` };
    },
  };
  const ports = (over: Partial<ApplyPorts> = {}): ApplyPorts => ({
    workspaceId,
    outbox: createOutboxStore(table, workspaceId, async () => undefined),
    writerOf: () =>
      world.writerOf?.() ??
      Promise.resolve({
        kind: 'open',
        writer,
        account: { platformId: '1', currency: 'EUR', timeZone: 'Europe/Berlin' },
      }),
    readAsset: async () => ({ kind: 'refused', reason: 'the workspace has no assets' }) as const,
    fetchAsset: async () => ({
      kind: 'fetched',
      bytes: Buffer.from(world.asset),
      contentType: 'image/png',
      sha256: world.asset,
    }),
    mirror: async (record, _operation, { platformId }) => {
      world.mirrored.push([record.operation.do, platformId]);
      return record.object.id ?? derivedId('cmp', [platformId]);
    },
    now: () => world.now,
    deadline: () => new AbortController().signal,
    remainingMs: () => 600_000,
    warn: () => undefined,
    ...over,
  });
  let count = 0;

  /** A change that was decided on. */
  async function decided(given: readonly Given[], over: Partial<ChangeRecord> = {}): Promise<string> {
    count += 1;
    const id = derivedId('chg', [String(count)]);
    const at = new Date(world.now).toISOString();
    const change: ChangeRecord = {
      id,
      status: 'previewed',
      reason: 'Spend moves to what earns',
      operations: given.length,
      revision: 0,
      requestHash: null,
      effect: { accounts: [], workspace: null },
      verdicts: [],
      warnings: [],
      createdAt: at,
      createdBy: 'anna',
      expiresAt: new Date(world.now + 3_600_000).toISOString(),
      decidedAt: null,
      decidedBy: null,
      approvedAt: null,
      approvedBy: null,
      finishedAt: null,
      undoOf: null,
      undoneBy: null,
      requestId: 'request-1',
      ...over,
    };
    const operations = given.map((one, index) => recordOf(id, index, one));
    if (!(await changes.create(change, operations, [entry(change, 'change.previewed', at)]))) throw new Error(id);
    const next = { status: 'applying', decidedAt: at, decidedBy: 'anna' } as const;
    const decision = { next, audit: [entry(change, 'change.confirmed', at)] };
    if (!(await changes.apply(change, decision, operations, await changes.decisions()))) throw new Error(id);
    return id;
  }

  const apply = (id: string, over: Partial<ApplyPorts> = {}) => applyChange(ports(over), id);
  const statuses = async (id: string): Promise<string[]> => (await changes.operations(id)).map(({ status }) => status);

  return { world, table, changes, audit, ports, decided, apply, statuses, entry };
}
