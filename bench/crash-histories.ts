import { crashHistory } from '../test/functions/integrations/apply-changes/crash-history.ts';

export interface CrashFigures {
  readonly histories: number;
  readonly operations: number;
  readonly applied: number;
  /** Workers killed at an await. */
  readonly kills: number;
  /** Histories in which something was done twice, lost, or left out of a whole audit trail. */
  readonly wrong: number;
  readonly seconds: number;
}

const histories = 10_000;

/** Histories of one to four workers that are killed, stand still and are started again, from the seeds 1 to 10,000. */
export async function measureCrashHistories(): Promise<CrashFigures> {
  const started = performance.now();
  const sums = { operations: 0, applied: 0, kills: 0, wrong: 0 };
  for (let seed = 1; seed <= histories; seed += 1) {
    const { operations, applied, kills, wrongs } = await crashHistory(seed);
    sums.operations += operations;
    sums.applied += applied;
    sums.kills += kills;
    if (wrongs.length === 0) continue;
    sums.wrong += 1;
    process.stderr.write(`History ${seed}: ${wrongs.join('; ')}\n`);
  }
  return { histories, ...sums, seconds: (performance.now() - started) / 1_000 };
}
