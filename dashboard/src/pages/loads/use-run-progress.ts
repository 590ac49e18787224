import type { RunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { type Followed, useFollowed } from '../../api/use-followed.ts';
import { isFinished } from './run-words.ts';

/** A data load as it goes on, until it is finished; calls `done` then. */
export const useRunProgress = (runId: string | undefined, done?: () => void): Followed<RunDetail> =>
  useFollowed(runId, {
    watch: (client, signal) => client.watchEtlRun({ path: { runId: runId ?? '' } }, { signal }),
    isOver: isFinished,
    done,
  });
