import type { AlertStatus } from '../../contracts/schemas/alerts.ts';
import { alertStatuses } from '../../contracts/schemas/alerts.ts';
import type { Page } from './account-store.ts';
import {
  type AlertRecord,
  alertOutboxPk,
  alertRecord,
  type DeliveryRecord,
  deliveryRecord,
  type WatchRecord,
  watchRecord,
} from './alert-items.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { workspacePk } from './keys.ts';
import type { TableAccess, TransactAction } from './table.ts';

/** How long resolved alerts and what was sent of them are kept. */
const keptDays = 400;
const day = 86_400;

/** One step of one rule and object: all of it or nothing. */
export interface AlertMove {
  /** `revision` 0: nothing was remembered of it. */
  readonly watch: WatchRecord;
  /** What is remembered from now on. */
  readonly next: Omit<WatchRecord, 'ruleId' | 'object' | 'revision'>;
  /** As it is to be; `revision` 0 for one that is opened. */
  readonly alert: AlertRecord;
  readonly deliveries: readonly DeliveryRecord[];
}

export interface AlertStore {
  /** Everything remembered of rules and their objects. */
  watches(): Promise<WatchRecord[]>;
  watch(ruleId: string, object: string): Promise<WatchRecord>;
  get(id: string): Promise<AlertRecord | undefined>;
  /** Of those that are there. */
  getMany(ids: readonly string[]): Promise<AlertRecord[]>;
  /** Newest first; without a status all of them. */
  list(query: {
    readonly status?: AlertStatus;
    readonly limit: number;
    readonly cursor?: string;
  }): Promise<Page<AlertRecord>>;
  /** `false` when somebody else moved the watch or the alert since they were read: nothing is written then. */
  move(move: AlertMove): Promise<boolean>;
  /** What was sent of an alert, in the order of its ids. */
  deliveries(alertId: string): Promise<DeliveryRecord[]>;
  /** Writes what became of an attempt; `false` when another worker has it. */
  changeDelivery(held: DeliveryRecord, next: Partial<DeliveryRecord>): Promise<DeliveryRecord | undefined>;
}

export function createAlertStore(table: TableAccess, workspaceId: string): AlertStore {
  const pk = workspacePk(workspaceId);
  const alertKey = (id: string) => ({ pk, sk: `ALERT#${id}` });
  const watchKey = (ruleId: string, object: string) => ({ pk, sk: `ALERT-WATCH#${ruleId}#${object}` });
  const listPk = (status: AlertStatus) => `${pk}#ALERT#${status}`;
  const place = ({ openedAt, id }: AlertRecord) => `${openedAt}#${id}`;
  const since = (revision: number) =>
    revision === 0
      ? { condition: 'attribute_not_exists(pk)' }
      : { condition: 'revision = :revision', values: { ':revision': revision } };

  const putAlert = (alert: AlertRecord): TransactAction => {
    const record = alertRecord.parse({ ...alert, revision: alert.revision + 1 });
    return {
      put: {
        ...alertKey(record.id),
        gsi1pk: listPk(record.status),
        gsi1sk: place(record),
        record,
        revision: record.revision,
        expiresAt: record.resolvedAt === null ? undefined : seconds(record.resolvedAt) + keptDays * day,
      },
      ...since(alert.revision),
    };
  };
  const putWatch = ({ watch, next }: AlertMove): TransactAction => {
    const record = watchRecord.parse({ ...watch, ...next, revision: watch.revision + 1 });
    const ends = Math.max(record.quietUntil ?? 0, record.mutedUntil ?? 0);
    return {
      put: {
        ...watchKey(record.ruleId, record.object),
        ...record,
        // Without an open alert it is nothing once its times are over.
        expiresAt: record.alertId === null ? Math.ceil(ends / 1_000) + day : undefined,
      },
      ...since(watch.revision),
    };
  };

  return {
    watches: async () =>
      (await table.all({ pk, prefix: 'ALERT-WATCH#', consistent: true })).map((item) => watchRecord.parse(item)),
    async watch(ruleId, object) {
      const item = await table.get(watchKey(ruleId, object));
      const none = { ruleId, object, alertId: null, clearSince: null, quietUntil: null, mutedUntil: null, revision: 0 };
      return item === undefined ? none : watchRecord.parse(item);
    },
    async get(id) {
      const item = await table.get(alertKey(id));
      return item && alertRecord.parse(item.record);
    },
    getMany: async (ids) =>
      (await table.getMany([...new Set(ids)].map(alertKey))).map(({ record }) => alertRecord.parse(record)),
    async list({ status, limit, cursor }) {
      const question = [workspaceId, 'alerts', status];
      const [path, id] = cursor === undefined ? [] : decodeCursor(question, cursor, 2);
      const pages = await Promise.all(
        (status ? [status] : alertStatuses).map((one) =>
          table.query({
            index: 'gsi1',
            pk: listPk(one),
            newestFirst: true,
            limit: limit + 1,
            ...(path !== undefined &&
              id !== undefined && { after: { gsi1pk: listPk(one), gsi1sk: path, ...alertKey(id) } }),
          }),
        ),
      );
      const newest = pages
        .flatMap(({ items }) => items.map(({ record }) => alertRecord.parse(record)))
        .sort((a, b) => (place(a) < place(b) ? 1 : -1));
      const items = newest.slice(0, limit);
      const last = items.at(-1);
      return {
        items,
        nextCursor: last && newest.length > limit ? encodeCursor(question, [place(last), last.id]) : null,
      };
    },
    move: async (move) =>
      (
        await table.attempt([
          putWatch(move),
          putAlert(move.alert),
          ...move.deliveries.map((delivery) => ({
            put: deliveryItem(pk, delivery),
            condition: 'attribute_not_exists(pk)',
          })),
        ])
      ).done,
    deliveries: async (alertId) =>
      (await table.all({ pk, prefix: `ALERT-DELIVERY#${alertId}#`, consistent: true })).map(({ record }) =>
        deliveryRecord.parse(record),
      ),
    async changeDelivery(held, next) {
      const record = deliveryRecord.parse({ ...held, ...next, revision: held.revision + 1 });
      const { done } = await table.attempt([{ put: deliveryItem(pk, record), ...since(held.revision) }]);
      return done ? record : undefined;
    },
  };
}

const seconds = (instant: string): number => Math.ceil(Date.parse(instant) / 1_000);

const deliveryItem = (pk: string, record: DeliveryRecord) => ({
  pk,
  sk: `ALERT-DELIVERY#${record.alert.id}#${record.id}`,
  // What waits for nothing any more is in no outbox.
  ...(record.dueAt !== null && { gsi1pk: alertOutboxPk, gsi1sk: `${record.dueAt}#${record.workspaceId}#${record.id}` }),
  record: deliveryRecord.parse(record),
  revision: record.revision,
  expiresAt: seconds(record.createdAt) + keptDays * day,
});

/** What of all workspaces is to be sent. */
export interface DueAlertStore {
  /** The longest due first. */
  due(before: string, limit: number): Promise<DeliveryRecord[]>;
}

export const createDueAlertStore = (table: TableAccess): DueAlertStore => ({
  async due(before, limit) {
    const { items } = await table.query({ index: 'gsi1', pk: alertOutboxPk, between: ['', `${before}~`], limit });
    return items.map(({ record }) => deliveryRecord.parse(record));
  },
});
