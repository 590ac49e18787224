import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { StartGenerationBody } from '../../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../../domain/errors.ts';
import { completeBrief } from '../../../domain/generation/complete-brief.ts';
import type { RunInputs } from '../../../domain/generation/pipeline/run-inputs.ts';

type Asked = Pick<StartGenerationBody, 'briefId' | 'brief' | 'brandKitId' | 'brandKit'>;

/**
 * The brief and the brand kit as they are now; undefined where one of them is not in the workspace. Throws
 * `invalid-request` with every field that a kept brief still lacks.
 */
export async function inputsOf(
  stores: WorkspaceStores<'briefs' | 'brandKits'>,
  asked: Asked,
): Promise<RunInputs | undefined> {
  const kit = asked.brandKitId === undefined ? undefined : await stores.brandKits.get(asked.brandKitId);
  if (asked.brandKitId !== undefined && kit === undefined) return undefined;
  const brandKit = kit?.kit ?? asked.brandKit ?? null;
  if (asked.brief !== undefined) return { brief: asked.brief, brandKit, page: null };
  const held = asked.briefId === undefined ? undefined : await stores.briefs.get(asked.briefId);
  if (held === undefined) return undefined;
  const completed = completeBrief(held.brief);
  if (completed.kind === 'open') {
    throw new AppError('invalid-request', 'The brief is not complete yet.', { fields: [...completed.open] });
  }
  // Its page is read when the run begins, as it is then.
  return { brief: completed.brief, brandKit, page: null };
}
