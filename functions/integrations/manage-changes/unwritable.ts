import type { PlatformId } from '../../../domain/integrations/platform.ts';
import type { WriteRules } from '../../../domain/integrations/platform-writer.ts';

/** Of a platform that nothing can be written to: every operation is refused by name, and its budgets count as they stand. */
export const unwritable = (platform: PlatformId): WriteRules => ({
  objections: () => [{ field: 'accountId', reason: `nothing can be written to ${platform} in this release` }],
  dailyBudget: () => ({ minimumMicros: 0, stepMicros: 1 }),
  mostSpend: (micros) => ({ dayMicros: micros, monthMicros: micros * 31 }),
  budgetLevels: ['campaign', 'ad-group'],
  utmLevel: 'campaign',
});
