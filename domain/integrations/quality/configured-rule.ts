import type { ResolvedSettings } from '../resolved-settings.ts';
import type { Rule } from './check.ts';

/** A rule with the limits that somebody has set in place of those it was written with. */
export function configuredRule(rule: Rule, resolved: ResolvedSettings): Rule {
  switch (rule.kind) {
    case 'refused-rows':
      return { ...rule, errorShare: resolved.get('quality.refusedRows.errorShare') };
    case 'days-present':
      return { ...rule, regularShare: resolved.get('quality.daysPresent.regularShare') };
    case 'volume':
      return {
        ...rule,
        deviations: resolved.get('quality.volume.deviations'),
        share: resolved.get('quality.volume.share'),
      };
    case 'reconcile':
      return { ...rule, share: resolved.get('quality.reconcile.share') };
    default:
      return rule;
  }
}
