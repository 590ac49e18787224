import type { Angle } from '../fact.ts';
import type { Candidate } from './fill.ts';
import type { Similarity } from './similarity.ts';

export interface Ranked extends Candidate {
  /** 0 to 1, from the prior. */
  readonly worth: number;
}

interface Wanted {
  readonly count: number;
  /** The angle of the ad: it leads, the others follow for coverage. */
  readonly lead: Angle;
  readonly similarity: Similarity;
  /** Texts nearer than this to a chosen one are left out. */
  readonly nearest: number;
  /** How often a text stands in ads of the same brief already. */
  readonly used: ReadonlyMap<string, number>;
  readonly accept: (text: string, chosen: readonly Ranked[]) => boolean;
}

/**
 * Maximal marginal relevance (Carbonell and Goldstein, SIGIR 1998): worth against likeness to what is chosen, with angles not yet
 * there preferred. Deterministic: ties keep the order of the candidates.
 */
export function select(candidates: readonly Ranked[], wanted: Wanted): Ranked[] {
  const chosen: Ranked[] = [];
  const left = [...candidates];
  while (chosen.length < wanted.count && left.length > 0) {
    let best = -1;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (const [index, candidate] of left.entries()) {
      const value = marginal(candidate, chosen, wanted);
      if (value !== null && value > bestValue) {
        best = index;
        bestValue = value;
      }
    }
    const [taken] = best === -1 ? [] : left.splice(best, 1);
    if (taken === undefined) break;
    chosen.push(taken);
  }
  return chosen;
}

function marginal(candidate: Ranked, chosen: readonly Ranked[], wanted: Wanted): number | null {
  if (!wanted.accept(candidate.text, chosen)) return null;
  let likeness = 0;
  for (const one of chosen) likeness = Math.max(likeness, wanted.similarity(candidate.text, one.text));
  if (likeness > wanted.nearest) return null;
  const angleUsed = chosen.filter(({ angle }) => angle === candidate.angle).length;
  const leads = candidate.angle === wanted.lead && angleUsed === 0 ? 0.5 : candidate.angle === wanted.lead ? 0.08 : 0;
  const fresh = angleUsed === 0 ? 0.15 : -0.05 * angleUsed;
  const said = chosen.some(({ factIds }) =>
    factIds.some((id) => candidate.factIds.includes(id) && !id.endsWith('name')),
  );
  return (
    candidate.worth + leads + fresh - 0.4 * likeness - (said ? 0.15 : 0) - 0.2 * (wanted.used.get(candidate.text) ?? 0)
  );
}
