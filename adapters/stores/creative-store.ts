import { retention } from '../../contracts/retention.ts';
import { type CreativeRecord, type CreativeStatus, creativeRecord } from '../../contracts/schemas/creatives.ts';
import { workspacePk } from './keys.ts';
import type { Table, TransactAction } from './table.ts';

/** Epoch seconds. Creatives go with the run that made them. */
const expiryOf = (at: string): number => Math.floor(Date.parse(at) / 1_000) + retention.runs.days * 86_400;

export interface CreativeStore {
  get(id: string): Promise<CreativeRecord | undefined>;
  /** All of a run, of every round. */
  ofRun(runId: string): Promise<CreativeRecord[]>;
  /** Writes those that are not there yet: one that somebody has edited meanwhile stays as it is. */
  keep(creatives: readonly CreativeRecord[]): Promise<void>;
  /** Replaces a creative of that version; `false` when it has another by now. */
  replace(creative: CreativeRecord, version: number): Promise<boolean>;
  /** The same in a transaction; it fails when it has another version by now. */
  change(creative: CreativeRecord, version: number): TransactAction;
  /** Moves creatives on that are in one of the statuses; the others stay. */
  move(
    ids: readonly string[],
    from: readonly CreativeStatus[],
    change: { readonly status: CreativeStatus; readonly changeId?: string; readonly updatedAt: string },
  ): Promise<void>;
}

export function createCreativeStore(table: Table, workspaceId: string): CreativeStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `CREATIVE#${id}` });
  const runPk = (runId: string) => `${pk}#CREATIVES#${runId}`;
  /** The index is behind by moments: what it names is read itself. */
  const itemOf = (one: CreativeRecord) => ({
    ...keyOf(one.id),
    gsi1pk: runPk(one.runId),
    gsi1sk: `${String(one.round).padStart(3, '0')}#${one.campaignKey}#${one.id}`,
    ...creativeRecord.parse(one),
    expiresAt: expiryOf(one.createdAt),
  });
  return {
    async get(id) {
      const item = await table.get(keyOf(id));
      return item && creativeRecord.parse(item);
    },
    async ofRun(runId) {
      const listed = await table.all({ index: 'gsi1', pk: runPk(runId), attributes: ['pk', 'sk'] });
      const keys = listed.map(({ sk }) => ({ pk, sk: String(sk) }));
      const found = await table.getMany(keys);
      const order = new Map(keys.map(({ sk }, index) => [sk, index]));
      return found
        .sort((a, b) => (order.get(String(a.sk)) ?? 0) - (order.get(String(b.sk)) ?? 0))
        .map((item) => creativeRecord.parse(item));
    },
    async keep(creatives) {
      const known = await table.getMany(
        creatives.map(({ id }) => keyOf(id)),
        ['sk'],
      );
      const there = new Set(known.map(({ sk }) => sk));
      await table.putMany(creatives.map(itemOf).filter(({ sk }) => !there.has(sk)));
    },
    async replace(creative, version) {
      const { pk: _pk, sk: _sk, ...rest } = itemOf(creative);
      return table.update(keyOf(creative.id), rest, {
        expression: '#version = :version',
        names: { '#version': 'version' },
        values: { ':version': version },
      });
    },
    change: (creative, version) => ({
      put: itemOf(creative),
      condition: '#version = :version',
      names: { '#version': 'version' },
      values: { ':version': version },
    }),
    async move(ids, from, change) {
      for (const id of ids) {
        await table.change(keyOf(id), {
          update: `SET #status = :to, #at = :at${change.changeId === undefined ? '' : ', #change = :change'} ADD #version :one`,
          condition: `#status IN (${from.map((_, index) => `:from${index}`).join(', ')})`,
          names: {
            '#status': 'status',
            '#at': 'updatedAt',
            '#version': 'version',
            ...(change.changeId !== undefined && { '#change': 'changeId' }),
          },
          values: {
            ':to': change.status,
            ':at': change.updatedAt,
            ':one': 1,
            ...(change.changeId !== undefined && { ':change': change.changeId }),
            ...Object.fromEntries(from.map((status, index) => [`:from${index}`, status])),
          },
        });
      }
    },
  };
}
