import type { RouteCases } from '../../../adapters/http/api-handler.ts';
import { changedMeanwhile, requireUnchanged } from '../../../adapters/http/preconditions.ts';
import { type AlertRecord, type DeliveryRecord, objectKey } from '../../../adapters/stores/alert-items.ts';
import { type AlertDelivery, alert as alertSchema } from '../../../contracts/schemas/alerts.ts';
import { AppError } from '../../../domain/errors.ts';
import type { ManageAlertsPorts, ManagedStores } from './ports.ts';

const defaultLimit = 50;
/** The longest that an alert is muted. */
const longestMuteMs = 90 * 86_400_000;

/** Alerts: see them, acknowledge and mute them, see what was sent. */
export function manageOpenAlerts({ stores, now }: ManageAlertsPorts) {
  return {
    listAlerts: ({ principal: { workspaceId }, query: { status, limit = defaultLimit, cursor } }) =>
      stores.forWorkspace(workspaceId).alerts.list({
        limit,
        ...(status !== undefined && { status }),
        ...(cursor !== undefined && { cursor }),
      }),

    getAlert: async ({ principal: { workspaceId }, path: { alertId } }) =>
      find(stores.forWorkspace(workspaceId), alertId),

    async changeAlert({ principal: { workspaceId, subject }, path: { alertId }, body, ifMatch }) {
      const own = stores.forWorkspace(workspaceId);
      const held = await find(own, alertId);
      requireUnchanged(ifMatch, alertSchema, held);
      const { acknowledged, mutedUntil } = body;
      const at = now();
      if (mutedUntil != null && !(Date.parse(mutedUntil) > at && Date.parse(mutedUntil) <= at + longestMuteMs)) {
        throw new AppError('invalid-request', 'An alert is muted until a time within the next 90 days.', {
          fields: [{ field: 'mutedUntil', message: 'must be within the next 90 days' }],
        });
      }
      const next: AlertRecord = {
        ...held,
        ...(acknowledged === true &&
          held.acknowledgedAt === null && { acknowledgedAt: new Date(at).toISOString(), acknowledgedBy: subject }),
        ...(acknowledged === false && { acknowledgedAt: null, acknowledgedBy: null }),
        ...(mutedUntil !== undefined && { mutedUntil }),
      };
      const watch = await own.alerts.watch(held.ruleId, objectKey(held.object));
      const muted = mutedUntil === undefined ? watch.mutedUntil : mutedUntil === null ? null : Date.parse(mutedUntil);
      const moved = { watch, next: { ...watch, mutedUntil: muted }, alert: next, deliveries: [] };
      if (!(await own.alerts.move(moved))) throw changedMeanwhile();
      return find(own, alertId);
    },

    async listAlertDeliveries({ principal: { workspaceId }, path: { alertId } }) {
      const own = stores.forWorkspace(workspaceId);
      await find(own, alertId);
      return { items: (await own.alerts.deliveries(alertId)).flatMap(outside) };
    },
  } satisfies RouteCases;
}

async function find(own: Pick<ManagedStores, 'alerts'>, id: string): Promise<AlertRecord> {
  const record = await own.alerts.get(id);
  if (record === undefined) throw new AppError('not-found', `There is no alert ${id} in this workspace.`);
  return record;
}

/** The bus is no affair of callers. */
const outside = ({ channel, ...rest }: DeliveryRecord): AlertDelivery[] =>
  channel === 'bus' ? [] : [{ ...rest, channel }];
