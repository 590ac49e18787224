import type { Lake } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { Brief } from '../../../contracts/schemas/briefs.ts';
import type { PlatformHistory } from '../../../contracts/schemas/generation-runs.ts';
import { decodeRollup } from '../../../domain/analysis/rollup.ts';
import { cpaOf } from '../../../domain/generation/pipeline/split-budget.ts';
import { addDays } from '../../../domain/integrations/calendar-day.ts';

/** A season back: older results are of another market. */
const days = 90;
const millionths = 1_000_000;

/** What the accounts of a brief have spent and brought lately, from the serving copies of their facts. */
export async function readHistory(
  {
    stores,
    lake,
  }: { readonly stores: WorkspaceStores<'accounts' | 'rollups'>; readonly lake: Pick<Lake, 'getPacked'> },
  brief: Brief,
  today: string,
): Promise<PlatformHistory[]> {
  const from = addDays(today, -days);
  const pointers = await stores.rollups.list({
    grain: 'account',
    fromMonth: from.slice(0, 7),
    toMonth: today.slice(0, 7),
  });
  const history: PlatformHistory[] = [];
  for (const { accountId } of brief.platforms) {
    const account = await stores.accounts.get(accountId);
    if (account === undefined) continue;
    let spendMicros = 0;
    let conversions = 0;
    for (const { key } of pointers.filter((one) => one.accountId === accountId)) {
      const bytes = await lake.getPacked(key);
      if (bytes === undefined) continue;
      const { dates, date, rows, measures } = decodeRollup(bytes);
      for (let row = 0; row < rows; row += 1) {
        const day = dates[date[row] ?? 0] ?? '';
        if (day < from || day > today) continue;
        spendMicros += measures.spendMicros[row] ?? 0;
        // NaN where the platform does not report them.
        conversions += (measures.conversionsMicros[row] || 0) / millionths;
      }
    }
    if (spendMicros === 0) continue;
    const measured = { spendMicros, conversions: Math.round(conversions * 100) / 100 };
    const { platform, currency } = account;
    history.push({ platform, accountId, from, to: today, currency, ...measured, cpaMicros: cpaOf(measured) });
  }
  return history;
}
