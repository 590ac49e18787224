import type { GenerationRunDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { type Followed, useFollowed } from '../../api/use-followed.ts';
import { type Query, useQuery } from '../../api/use-query.ts';
import { isOver } from './creation-words.ts';

export interface Creation extends Query<GenerationRunDetail> {
  readonly followed: Followed<GenerationRunDetail>;
  /** Shows what a decision answered, and looks on from there. */
  readonly show: (run: GenerationRunDetail) => void;
}

/** A run from a brief to campaigns, followed until it is over. */
export function useCreation(runId: string): Creation {
  const { answers } = useApi();
  const key = `creation ${runId}`;
  const asked = useQuery(key, (client, signal) => client.getGenerationRun({ path: { runId } }, { signal }));
  const followed = useFollowed(asked.data !== undefined && !isOver(asked.data) ? runId : undefined, {
    watch: (client, signal) => client.watchGenerationRun({ path: { runId } }, { signal }),
    isOver,
    done: asked.reload,
  });
  return {
    ...asked,
    data: followed.state ?? asked.data,
    followed,
    show: (run) => {
      answers.set(key, run);
      asked.reload();
    },
  };
}
