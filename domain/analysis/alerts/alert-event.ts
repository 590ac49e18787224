import type { EventDetail } from '../../../contracts/events.ts';
import type { Alert } from '../../../contracts/schemas/alerts.ts';

/** What the bus hears of an alert. */
export const openedDetail = (workspaceId: string, alert: Alert): EventDetail<'alert.opened'> => {
  const { id, ruleId, ruleName, severity, object, message, moneyAtRisk, openedAt } = alert;
  return { workspaceId, alertId: id, ruleId, ruleName, severity, object, message, moneyAtRisk, openedAt };
};

/** Of one that is resolved. */
export const resolvedDetail = (workspaceId: string, alert: Alert): EventDetail<'alert.resolved'> => ({
  ...openedDetail(workspaceId, alert),
  resolvedAt: alert.resolvedAt ?? alert.measuredAt,
  resolvedBecause: alert.resolvedBecause ?? 'recovered',
});
