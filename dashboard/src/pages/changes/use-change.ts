import { useEffect, useState } from 'react';
import type { ChangeDetail } from '../../../../sdks/javascript/src/generated/api.ts';
import { useApi } from '../../api/api-context.tsx';
import { type Query, useQuery } from '../../api/use-query.ts';
import { isUnderWay } from './change-words.ts';

/** Looks at a change that is being applied: often at first, then seldom, some twelve minutes in all. */
const paces = [
  { looks: 20, pauseMs: 1_000 },
  { looks: 60, pauseMs: 3_000 },
  { looks: 110, pauseMs: 10_000 },
] as const;
const mostLooks = paces[2].looks;

/** Milliseconds before the next look; undefined when it was looked often enough. */
export const pauseBefore = (looks: number): number | undefined => paces.find((pace) => looks < pace.looks)?.pauseMs;

export interface FollowedChange extends Query<ChangeDetail> {
  /** It is still being applied, but nobody looks any more. */
  readonly left: boolean;
  /** Looks on. */
  readonly follow: () => void;
  /** Shows what a decision answered, and looks on from there. */
  readonly show: (change: ChangeDetail) => void;
}

const keyOf = (id: string): string => `change ${id}`;

/** A change, followed while it is being applied. */
export function useChange(id: string): FollowedChange {
  const { answers } = useApi();
  const asked = useQuery(keyOf(id), (client, signal) => client.getChange({ path: { changeId: id } }, { signal }));
  const { data, loading, reload } = asked;
  const [looks, setLooks] = useState(0);
  const underWay = data !== undefined && isUnderWay(data);
  const pauseMs = underWay && !loading ? pauseBefore(looks) : undefined;
  useEffect(() => {
    if (pauseMs === undefined) return;
    const timer = setTimeout(() => {
      setLooks((count) => count + 1);
      reload();
    }, pauseMs);
    return () => clearTimeout(timer);
  }, [pauseMs, reload]);
  return {
    ...asked,
    left: underWay && looks >= mostLooks,
    follow: () => {
      setLooks(0);
      reload();
    },
    show: (change) => {
      answers.set(keyOf(id), change);
      setLooks(0);
      reload();
    },
  };
}
