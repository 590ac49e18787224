import { type RuleRecord, ruleRecord } from './alert-items.ts';
import { workspacePk } from './keys.ts';
import type { TableAccess } from './table.ts';

export interface AlertRuleStore {
  /** In the order they were made; two hundred at most. */
  all(): Promise<RuleRecord[]>;
  get(id: string): Promise<RuleRecord | undefined>;
  /** `false` when there is one of this id. */
  create(rule: RuleRecord): Promise<boolean>;
  /** `false` when somebody changed or removed it since it was read. */
  change(held: RuleRecord, next: Partial<Omit<RuleRecord, 'id' | 'revision'>>): Promise<boolean>;
  remove(held: RuleRecord): Promise<boolean>;
  /** Before a webhook's secret is made: by these names the secrets of a workspace are found when it is deleted. */
  noteSecret(webhookId: string): Promise<void>;
  /** After its secret is gone. */
  forgetSecret(webhookId: string): Promise<void>;
}

export function createAlertRuleStore(table: TableAccess, workspaceId: string): AlertRuleStore {
  const pk = workspacePk(workspaceId);
  const keyOf = (id: string) => ({ pk, sk: `ALERT-RULE#${id}` });
  const secretKey = (webhookId: string) => ({ pk, sk: `ALERT-WEBHOOK#${webhookId}` });
  const unchanged = (held: RuleRecord) => ({
    condition: 'revision = :revision',
    values: { ':revision': held.revision },
  });
  return {
    all: async () =>
      (await table.all({ pk, prefix: 'ALERT-RULE#', consistent: true }))
        .map(({ record }) => ruleRecord.parse(record))
        .sort((a, b) => (a.createdAt + a.id < b.createdAt + b.id ? -1 : 1)),
    async get(id) {
      const item = await table.get(keyOf(id));
      return item && ruleRecord.parse(item.record);
    },
    create: (rule) =>
      table.put({ ...keyOf(rule.id), record: ruleRecord.parse(rule), revision: rule.revision }, { ifAbsent: true }),
    async change(held, next) {
      const record = ruleRecord.parse({ ...held, ...next, revision: held.revision + 1 });
      const put = { ...keyOf(held.id), record, revision: record.revision };
      return (await table.attempt([{ put, ...unchanged(held) }])).done;
    },
    async noteSecret(webhookId) {
      await table.put(secretKey(webhookId));
    },
    async forgetSecret(webhookId) {
      await table.attempt([{ remove: secretKey(webhookId) }]);
    },
    remove: async (held) => (await table.attempt([{ remove: keyOf(held.id), ...unchanged(held) }])).done,
  };
}
