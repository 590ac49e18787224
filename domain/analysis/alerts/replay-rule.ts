import type { AlertCondition } from '../../../contracts/schemas/alert-rules.ts';
import type { Course } from './course.ts';
import { judge } from './judge.ts';
import { noWatch, stepOf, type Watch } from './watch-step.ts';
import { messageOf } from './words.ts';

export interface ReplayedRule {
  readonly condition: AlertCondition;
  readonly cooldownMinutes: number;
  readonly recoveryMinutes: number;
}

export interface Fired {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly object: string;
  readonly message: string;
}

/** What a rule would have opened from `from` to `to` (epoch milliseconds), had it been looked at every `stepMillis`; oldest first. */
export function replayRule(
  rule: ReplayedRule,
  courses: readonly Course[],
  { from, to, stepMillis }: { readonly from: number; readonly to: number; readonly stepMillis: number },
): Fired[] {
  const fired: Fired[] = [];
  for (const course of courses) {
    let watch: Watch = noWatch;
    for (let now = from; now <= to; now += stepMillis) {
      const verdict = judge(rule.condition, course, now);
      const step = stepOf(watch, verdict, { now, ...rule });
      if (step.kind === 'open' && verdict.kind === 'holds') {
        watch = { ...watch, alertId: 'open' };
        fired.push({
          at: now,
          object: course.object.name ?? course.object.id ?? 'the workspace',
          message: messageOf(rule.condition, verdict.finding, course.currency),
        });
      } else if (step.kind === 'remain' || step.kind === 'resolve') watch = step.watch;
    }
  }
  return fired.sort((a, b) => a.at - b.at);
}
