import type { GenerationStep } from '../../../contracts/schemas/generation-runs.ts';

/** Where what a run makes lies in the lake. What was made is read again by a repeated step. */
export const generationPrefix = (workspaceId: string, runId: string): string =>
  `generation/workspace=${workspaceId}/run=${runId}/`;

/** A step's output. `round` is null for what holds for all rounds; `item` for one of many. */
export const stepKey = (
  place: { readonly workspaceId: string; readonly runId: string },
  step: GenerationStep,
  round: number | null,
  item: string = 'all',
): string =>
  `${generationPrefix(place.workspaceId, place.runId)}${step}/${round === null ? '' : `round=${round}/`}${item}.json`;

/** A picture that a run made; ids are made from its place, so a repeated step writes the same one. */
export const generatedAssetKey = (workspaceId: string, assetId: string): string =>
  `generation/workspace=${workspaceId}/assets/${assetId}`;
/** The same picture to be edited: SVG with its words as text. */
export const editableAssetKey = (workspaceId: string, assetId: string): string =>
  `${generatedAssetKey(workspaceId, assetId)}.svg`;

/** A logo or photo that somebody uploaded, as PNG. */
export const uploadedAssetKey = (workspaceId: string, assetId: string): string =>
  `assets/workspace=${workspaceId}/${assetId}.png`;

/** What the landing page of a brief said when it was last read: its text, which facts quote. */
export const readPageKey = (workspaceId: string, briefId: string): string =>
  `generation/workspace=${workspaceId}/pages/${briefId}.json`;
