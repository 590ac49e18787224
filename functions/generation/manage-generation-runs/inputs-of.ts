import type { Lake } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { StartGenerationBody } from '../../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../../domain/errors.ts';
import { completeBrief } from '../../../domain/generation/complete-brief.ts';
import { readPageKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { landingPage, type ReadPage, type RunInputs } from '../../../domain/generation/pipeline/run-inputs.ts';

interface InputPorts {
  readonly stores: WorkspaceStores<'briefs' | 'brandKits'>;
  readonly lake: Pick<Lake, 'getJson'>;
}

type Asked = Pick<StartGenerationBody, 'briefId' | 'brief' | 'brandKitId' | 'brandKit'>;

/**
 * The brief, its page and the brand kit as they are now; undefined where one of them is not in the workspace. Throws
 * `invalid-request` with every field that a kept brief still lacks.
 */
export async function inputsOf({ stores, lake }: InputPorts, asked: Asked): Promise<RunInputs | undefined> {
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
  const read = held.reading?.status === 'ready' && held.reading.url === completed.brief.landingPageUrl;
  return { brief: completed.brief, brandKit, page: read ? await pageOf(lake, stores.workspaceId, held.id) : null };
}

async function pageOf(lake: InputPorts['lake'], workspaceId: string, briefId: string): Promise<ReadPage | null> {
  const found = await lake.getJson(readPageKey(workspaceId, briefId));
  return found === undefined ? null : landingPage.parse(found);
}
