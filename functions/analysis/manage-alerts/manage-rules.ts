import { createHash } from 'node:crypto';
import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { changedMeanwhile, requireUnchanged } from '../../../adapters/http/preconditions.ts';
import type { RuleRecord } from '../../../adapters/stores/alert-items.ts';
import {
  alertRule,
  mostRules,
  mostWebhooks,
  type NewAlertRule,
  ruleDefaults,
} from '../../../contracts/schemas/alert-rules.ts';
import { suggestedRules } from '../../../domain/analysis/alerts/suggest-rules.ts';
import { AppError } from '../../../domain/errors.ts';
import { derivedId, newId } from '../../../domain/integrations/ids.ts';
import { requireRule } from './check-known.ts';
import type { ManageAlertsPorts, ManagedStores } from './ports.ts';
import { previewRule } from './preview-rule.ts';

/** Rules: what is watched, and where alerts of it are sent. */
export function manageRules(ports: ManageAlertsPorts) {
  const { stores, now } = ports;
  const removeSecret = async (own: Pick<ManagedStores, 'alertRules'>, webhookId: string): Promise<void> => {
    await ports.secrets.remove(webhookId);
    await own.alertRules.forgetSecret(webhookId);
  };
  const at = () => new Date(now()).toISOString();
  return {
    listAlertRules: async ({ principal: { workspaceId } }) => ({
      items: await stores.forWorkspace(workspaceId).alertRules.all(),
    }),

    getAlertRule: async ({ principal: { workspaceId }, path: { ruleId } }) =>
      find(stores.forWorkspace(workspaceId), ruleId),

    async createAlertRule({ principal: { workspaceId, subject }, body, idempotencyKey }) {
      const own = stores.forWorkspace(workspaceId);
      const id =
        idempotencyKey === undefined ? newId('alr', now()) : derivedId('alr', [workspaceId, 'rule', idempotencyKey]);
      const requestHash = idempotencyKey === undefined ? null : hashOf(body);
      const earlier = idempotencyKey === undefined ? undefined : await own.alertRules.get(id);
      if (earlier !== undefined) return sameRequest(earlier, requestHash);
      await requireRule(own, body.scope, body.condition);
      if ((await own.alertRules.all()).length >= mostRules) {
        throw new AppError('conflict', `A workspace has at most ${mostRules} alert rules. Remove one first.`);
      }
      const record: RuleRecord = {
        ...withDefaults(body),
        id,
        webhooks: [],
        mutedUntil: null,
        createdAt: at(),
        createdBy: subject,
        changedAt: at(),
        revision: 1,
        requestHash,
      };
      if (await own.alertRules.create(record)) return record;
      return sameRequest(await find(own, id), requestHash);
    },

    async changeAlertRule({ principal: { workspaceId }, path: { ruleId }, body, ifMatch }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, ruleId);
      requireUnchanged(ifMatch, alertRule, held);
      const given = Object.fromEntries(Object.entries(body).filter(([, value]) => value !== undefined));
      const next = { ...held, ...given, changedAt: at() };
      await requireRule(own, next.scope, next.condition);
      if (!(await own.alertRules.change(held, next))) throw changedMeanwhile();
      return find(own, ruleId);
    },

    async removeAlertRule({ principal: { workspaceId }, path: { ruleId } }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, ruleId);
      if (!(await own.alertRules.remove(held))) throw changedMeanwhile();
      for (const { id } of held.webhooks) await removeSecret(own, id);
      return { removed: true } as const;
    },

    async addAlertWebhook({ principal: { workspaceId }, path: { ruleId }, body: { url }, idempotencyKey }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, ruleId);
      const refused = ports.refusalOf(url);
      if (refused !== undefined) {
        throw new AppError('invalid-request', 'The address of the webhook cannot be used.', {
          fields: [{ field: 'url', message: refused }],
        });
      }
      const id =
        idempotencyKey === undefined
          ? newId('alw', now())
          : derivedId('alw', [workspaceId, ruleId, 'webhook', idempotencyKey]);
      if (held.webhooks.some((one) => one.id === id)) {
        throw new AppError(
          'conflict',
          'This webhook was made before, and its secret is shown once. Remove it and make another if the secret was lost.',
        );
      }
      if (held.webhooks.length >= mostWebhooks) {
        throw new AppError('conflict', `A rule has at most ${mostWebhooks} webhooks. Remove one first.`);
      }
      const secret = ports.newSecret();
      await own.alertRules.noteSecret(id);
      if (!(await ports.secrets.create(id, secret))) {
        throw new AppError(
          'conflict',
          'A request with this Idempotency-Key is under way, or was broken off. Look at the rule, then take a new key.',
        );
      }
      const webhook = { id, url, createdAt: at() };
      if (!(await own.alertRules.change(held, { webhooks: [...held.webhooks, webhook], changedAt: at() }))) {
        await removeSecret(own, id);
        throw new AppError('conflict', 'Somebody changed the rule at the same time. Try again.');
      }
      return { ...webhook, secret };
    },

    async removeAlertWebhook({ principal: { workspaceId }, path: { ruleId, webhookId } }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, ruleId);
      const webhooks = held.webhooks.filter(({ id }) => id !== webhookId);
      if (webhooks.length === held.webhooks.length) {
        throw new AppError('not-found', `There is no webhook ${webhookId} at this rule.`);
      }
      if (!(await own.alertRules.change(held, { webhooks, changedAt: at() }))) throw changedMeanwhile();
      await removeSecret(own, webhookId);
      return { removed: true } as const;
    },

    async suggestAlertRules({ principal: { workspaceId } }) {
      const accounts = await stores.forWorkspace(workspaceId).accounts.all();
      const currencies = new Set(accounts.flatMap(({ status, currency }) => (status === 'enabled' ? [currency] : [])));
      return { items: suggestedRules([...currencies].sort()) };
    },

    previewAlertRule: (request) => previewRule(ports, request),
  } satisfies RouteCases;
}

async function find(own: Pick<ManagedStores, 'alertRules'>, id: string): Promise<RuleRecord> {
  const record = await own.alertRules.get(id);
  if (record === undefined) throw new AppError('not-found', `There is no alert rule ${id} in this workspace.`);
  return record;
}

const withDefaults = (
  body: NewAlertRule,
): Omit<
  RuleRecord,
  'id' | 'webhooks' | 'mutedUntil' | 'createdAt' | 'createdBy' | 'changedAt' | 'revision' | 'requestHash'
> => ({
  name: body.name,
  scope: body.scope,
  condition: body.condition,
  severity: body.severity ?? ruleDefaults.severity,
  enabled: body.enabled ?? ruleDefaults.enabled,
  cooldownMinutes: body.cooldownMinutes ?? ruleDefaults.cooldownMinutes,
  recoveryMinutes: body.recoveryMinutes ?? ruleDefaults.recoveryMinutes,
  emails: body.emails ?? ruleDefaults.emails,
});

const hashOf = (body: NewAlertRule): string => createHash('sha256').update(JSON.stringify(body)).digest('base64url');

function sameRequest(earlier: RuleRecord, requestHash: string | null): RuleRecord {
  if (earlier.requestHash === requestHash) return earlier;
  throw new AppError('idempotency-mismatch', 'This idempotency key was used for another rule. Take a new one.');
}
