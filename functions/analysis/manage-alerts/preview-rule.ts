import type { RouteRequest } from '../../../adapters/http/api-handler.ts';
import { readWatched } from '../../../adapters/metrics/read-watched.ts';
import { type AlertRulePreview, ruleDefaults } from '../../../contracts/schemas/alert-rules.ts';
import { minuteWindowDays } from '../../../contracts/streams/windows.ts';
import { coursesOf } from '../../../domain/analysis/alerts/build-courses.ts';
import { needsOf } from '../../../domain/analysis/alerts/needs-of.ts';
import { replayRule } from '../../../domain/analysis/alerts/replay-rule.ts';
import { requireRule } from './check-known.ts';
import type { ManageAlertsPorts } from './ports.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const shownExamples = 20;
/** Judgements of one answer: objects times looks. */
const mostLooks = 60_000;

/** How far back each kind of numbers can be looked at, and how often a rule would have been. */
const looks = {
  minutes: { days: minuteWindowDays, stepMillis: 5 * minuteMs },
  hours: { days: 7, stepMillis: 60 * minuteMs },
  days: { days: 7, stepMillis: dayMs },
} as const;

/** What a rule would have opened of late, from the numbers that are kept. */
export async function previewRule(
  { stores, rollups, now }: ManageAlertsPorts,
  { principal: { workspaceId }, body }: RouteRequest<'previewAlertRule'>,
): Promise<AlertRulePreview> {
  const own = stores.forWorkspace(workspaceId);
  const { scope, condition } = body;
  await requireRule(own, scope, condition);
  const rule = {
    condition,
    cooldownMinutes: body.cooldownMinutes ?? ruleDefaults.cooldownMinutes,
    recoveryMinutes: body.recoveryMinutes ?? ruleDefaults.recoveryMinutes,
  };
  const needs = needsOf(condition);
  const unit = needs.factDays > 0 ? 'days' : needs.minutes > 0 ? 'minutes' : 'hours';
  const { days, stepMillis } = looks[unit];
  const to = now();
  // What is judged first must have its own window before it.
  const room = unit === 'minutes' ? needs.minutes * minuteMs : 0;
  const from = to - days * dayMs + room;
  const numbers = await readWatched(own, rollups, {
    needs: {
      minutes: unit === 'minutes' ? days * 1_440 : 0,
      hourDays: needs.hourDays + (unit === 'days' ? 0 : days),
      factDays: needs.factDays + (unit === 'days' ? days : 0),
    },
    grain: scope.each === 'campaign' ? 'campaign' : 'account',
    campaigns: scope.each === 'campaign',
    named: scope.campaignIds ?? [],
    accountBudgets: scope.each === 'account' && condition.kind === 'pacing',
    now: to,
  });
  const courses = coursesOf(scope, numbers);
  const most = Math.max(1, Math.floor((mostLooks * stepMillis) / (to - from)));
  const looked = courses.slice(0, most);
  const fired = replayRule(rule, looked, { from, to, stepMillis });
  const notes = [
    ...(unit === 'minutes'
      ? [`Minutes are kept for ${minuteWindowDays} days: that is how far back was looked, every five minutes.`]
      : []),
    ...(looked.length < courses.length ? [`Only ${looked.length} of ${courses.length} objects were looked at.`] : []),
    ...(condition.kind === 'pacing' ? ['Budgets are those of now.'] : []),
  ];
  return {
    from: new Date(from).toISOString(),
    to: new Date(to).toISOString(),
    fired: fired.length,
    objects: looked.length,
    examples: fired
      .slice(-shownExamples)
      .map(({ at, object, message }) => ({ at: new Date(at).toISOString(), object, message })),
    note: notes.length === 0 ? null : notes.join(' '),
  };
}
