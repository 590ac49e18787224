import { createHash } from 'node:crypto';
import type { StartGenerationBody } from '../../../contracts/schemas/generation-runs.ts';

const sorted = (values: readonly string[] | undefined): readonly string[] | null =>
  values === undefined ? null : [...new Set(values)].toSorted();

/** Equal for equal requests, whatever the order of fields, languages and platforms. */
export const requestHash = (body: StartGenerationBody): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        body.briefId ?? body.brief,
        body.brandKitId ?? body.brandKit ?? null,
        body.variants ?? null,
        body.seed ?? null,
        sorted(body.languages),
        sorted(body.platforms),
        body.images ?? null,
        body.launch ?? null,
      ]),
    )
    .digest('base64url');
