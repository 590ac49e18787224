import { readWatched, type WatchedQuestion } from '../../../adapters/metrics/read-watched.ts';
import {
  type AlertRecord,
  type DeliveryRecord,
  objectKey,
  type RuleRecord,
  type WatchRecord,
} from '../../../adapters/stores/alert-items.ts';
import { mostRules } from '../../../contracts/schemas/alert-rules.ts';
import type { Alert } from '../../../contracts/schemas/alerts.ts';
import { openedDetail, resolvedDetail } from '../../../domain/analysis/alerts/alert-event.ts';
import { coursesOf, isWatched, type WatchedNumbers } from '../../../domain/analysis/alerts/build-courses.ts';
import type { Course } from '../../../domain/analysis/alerts/course.ts';
import { type Finding, judge } from '../../../domain/analysis/alerts/judge.ts';
import { measuredOf } from '../../../domain/analysis/alerts/measure-alert.ts';
import { isBatch, needsOfAll } from '../../../domain/analysis/alerts/needs-of.ts';
import { closed, type Step, stepOf } from '../../../domain/analysis/alerts/watch-step.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { deliveriesOf, isMuted } from './plan-deliveries.ts';
import type { EvaluatePorts } from './ports.ts';

/** Alerts of one rule that may be open at once: what makes more of them fire is one thing, and fifty mails say it. */
const mostOpen = 50;
/** The numbers of an open alert are told anew so often. */
const refreshMs = 5 * 60_000;

export interface Evaluated {
  readonly rules: number;
  readonly opened: number;
  readonly resolved: number;
}

/** Looks at the rules of a workspace: those on live events each minute, those on loaded facts when facts were loaded. */
export async function evaluateWorkspace(ports: EvaluatePorts, trigger: 'minute' | 'loaded'): Promise<Evaluated> {
  const { own } = ports;
  const now = ports.now();
  const at = new Date(now).toISOString();
  const [kept, watches] = await Promise.all([own.alertRules.all(), own.alerts.watches()]);
  const byKey = new Map(watches.map((watch) => [`${watch.ruleId} ${watch.object}`, watch]));
  const rules = kept
    .slice(0, mostRules)
    .filter(({ enabled, condition }) => enabled && isBatch(condition) === (trigger === 'loaded'));
  const count = { opened: 0, resolved: 0 };
  const alerts = new Map(
    (await own.alerts.getMany(watches.flatMap(({ alertId }) => alertId ?? []))).map((alert) => [alert.id, alert]),
  );
  let looked = 0;
  for (const { each, numbers, rules: some } of await readGroups()) {
    const named = some.flatMap(({ scope }) => scope.campaignIds ?? []);
    // Accounts and campaigns are put together once for all rules; the workspace as one is another thing for each scope.
    const all = each === 'workspace' ? [] : coursesOf({ each }, numbers, named);
    for (const rule of rotated(some, now)) {
      if (ports.remainingMs() <= 0) {
        ports.warn('not all rules were looked at in time', { left: rules.length - looked });
        return { rules: looked, ...count };
      }
      const courses =
        each === 'workspace' ? coursesOf(rule.scope, numbers) : all.filter((course) => isWatched(rule.scope, course));
      await look(rule, courses);
      looked += 1;
    }
  }
  for (const watch of watches) {
    if (watch.alertId === null) continue;
    const rule = kept.find(({ id }) => id === watch.ruleId);
    if (!rule?.enabled) await resolve(watch, rule, 'rule-changed');
  }
  return { rules: looked, ...count };

  /** What is watched by one grain is read once for all its rules. */
  async function readGroups() {
    const groups: { each: RuleRecord['scope']['each']; numbers: WatchedNumbers; rules: RuleRecord[] }[] = [];
    for (const each of ['workspace', 'account', 'campaign'] as const) {
      const some = rules.filter(({ scope }) => scope.each === each);
      if (some.length === 0) continue;
      groups.push({ each, rules: some, numbers: await readWatched(own, ports.rollups, questionOf(each, some, now)) });
    }
    return groups;
  }

  async function look(rule: RuleRecord, courses: readonly Course[]): Promise<void> {
    const seen = new Set<string>();
    let open = watches.filter(({ ruleId, alertId }) => ruleId === rule.id && alertId !== null).length;
    let beyond = 0;
    for (const course of courses) {
      const object = objectKey(course.object);
      seen.add(object);
      const watch = byKey.get(`${rule.id} ${object}`) ?? nothing(rule.id, object);
      const verdict = judge(rule.condition, course, now);
      const step = stepOf(watch, verdict, { now, ...rule });
      const finding = verdict.kind === 'holds' || verdict.kind === 'clear' ? verdict.finding : undefined;
      if (step.kind === 'open' && finding !== undefined) {
        if (open >= mostOpen) beyond += 1;
        else if (await openAlert(rule, course, finding, watch)) open += 1;
      } else if (step.kind === 'remain') await remain(rule, course, finding, watch, step);
      else if (step.kind === 'resolve') await resolve(watch, rule, step.because, step.watch);
    }
    if (beyond > 0) ports.warn('a rule holds for more objects than it may open alerts of', { ruleId: rule.id, beyond });
    for (const watch of watches) {
      if (watch.ruleId !== rule.id || watch.alertId === null || seen.has(watch.object)) continue;
      await resolve(watch, rule, 'out-of-scope');
    }
  }

  async function openAlert(rule: RuleRecord, course: Course, finding: Finding, watch: WatchRecord): Promise<boolean> {
    const alert: AlertRecord = {
      id: newId('alt', now),
      ruleId: rule.id,
      ruleName: rule.name,
      severity: rule.severity,
      status: 'open',
      object: course.object,
      ...measuredOf(rule.condition, course, finding, now),
      openedAt: at,
      resolvedAt: null,
      resolvedBecause: null,
      acknowledgedAt: null,
      acknowledgedBy: null,
      mutedUntil: watch.mutedUntil === null ? null : new Date(watch.mutedUntil).toISOString(),
      revision: 0,
    };
    const deliveries = deliveriesOf(own.workspaceId, alert, 'opened', rule, { now, muted: isMuted(rule, watch, now) });
    const next = { ...watch, alertId: alert.id, clearSince: null, quietUntil: null };
    // Another evaluator was first: it tells.
    if (!(await own.alerts.move({ watch, next, alert, deliveries }))) return false;
    count.opened += 1;
    await tell(deliveries, () => ports.tell('alert.opened', openedDetail(own.workspaceId, alert)));
    return true;
  }

  async function remain(
    rule: RuleRecord,
    course: Course,
    finding: Finding | undefined,
    watch: WatchRecord,
    step: Extract<Step, { kind: 'remain' }>,
  ): Promise<void> {
    const alert = alerts.get(watch.alertId ?? '');
    if (alert === undefined) return;
    const stale = now - Date.parse(alert.measuredAt) >= refreshMs;
    if (!stale && step.watch.clearSince === watch.clearSince) return;
    const measured = finding === undefined ? {} : measuredOf(rule.condition, course, finding, now);
    // The message tells what opened it, not that it is over by now.
    const told = step.watch.clearSince === null ? measured : { ...measured, message: alert.message };
    await own.alerts.move({ watch, next: step.watch, alert: { ...alert, ...told }, deliveries: [] });
  }

  async function resolve(
    watch: WatchRecord,
    rule: RuleRecord | undefined,
    because: NonNullable<Alert['resolvedBecause']>,
    next = closed(watch, now, rule?.cooldownMinutes ?? 0),
  ): Promise<void> {
    const alert = alerts.get(watch.alertId ?? '');
    if (alert === undefined) return;
    const ended: AlertRecord = { ...alert, status: 'resolved', resolvedAt: at, resolvedBecause: because };
    const deliveries = deliveriesOf(own.workspaceId, ended, 'resolved', rule, {
      now,
      muted: isMuted(rule, watch, now),
    });
    if (!(await own.alerts.move({ watch, next, alert: ended, deliveries }))) return;
    count.resolved += 1;
    await tell(deliveries, () => ports.tell('alert.resolved', resolvedDetail(own.workspaceId, ended)));
  }

  /** At once where it works; the outbox has it in any case, and hears when it is done. */
  async function tell(deliveries: readonly DeliveryRecord[], send: () => Promise<void>): Promise<void> {
    const [bus] = deliveries;
    try {
      await send();
      if (bus !== undefined) {
        await own.alerts.changeDelivery(bus, { state: 'delivered', dueAt: null, attempts: 1, deliveredAt: at });
      }
    } catch (error) {
      ports.warn('the bus did not take what became of an alert; the outbox tells it', {
        alertId: bus?.alert.id,
        error: error instanceof Error ? error.name : String(error),
      });
    }
  }
}

/** Begins at another one each minute: where the time does not reach for all, none is left out for good. */
function rotated<T>(all: readonly T[], now: number): T[] {
  const first = all.length === 0 ? 0 : Math.floor(now / 60_000) % all.length;
  return [...all.slice(first), ...all.slice(0, first)];
}

const nothing = (ruleId: string, object: string): WatchRecord => ({
  ruleId,
  object,
  alertId: null,
  clearSince: null,
  quietUntil: null,
  mutedUntil: null,
  revision: 0,
});

const questionOf = (each: RuleRecord['scope']['each'], rules: readonly RuleRecord[], now: number): WatchedQuestion => ({
  needs: needsOfAll(rules.map(({ condition }) => condition)),
  grain: each === 'campaign' ? 'campaign' : 'account',
  campaigns: each === 'campaign',
  named: rules.flatMap(({ scope }) => scope.campaignIds ?? []),
  accountBudgets: each === 'account' && rules.some(({ condition }) => condition.kind === 'pacing'),
  now,
});
