import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { Lake } from '../lake.ts';

const made = z.object({ inputs: z.string(), output: z.unknown() });

/**
 * What a step makes, kept in the lake: a repeated step with the same inputs answers what the first one made, whatever it cost. Other
 * inputs (a release that reads more, say) make it anew.
 */
export async function madeOnce<S extends z.ZodMiniType>(
  lake: Pick<Lake, 'getJson' | 'putJson'>,
  key: string,
  given: { readonly inputs: unknown; readonly schema: S; readonly make: () => Promise<z.infer<S>> },
): Promise<z.infer<S>> {
  const inputs = createHash('sha256').update(JSON.stringify(given.inputs)).digest('base64url');
  const kept = made.safeParse(await lake.getJson(key));
  if (kept.success && kept.data.inputs === inputs) {
    const output = given.schema.safeParse(kept.data.output);
    if (output.success) return output.data;
  }
  const output = await given.make();
  await lake.putJson(key, { inputs, output });
  return output;
}

/** What an earlier step has made; undefined where it has not. */
export async function madeBefore<S extends z.ZodMiniType>(
  lake: Pick<Lake, 'getJson'>,
  key: string,
  schema: S,
): Promise<z.infer<S> | undefined> {
  const kept = await lake.getJson(key);
  return kept === undefined ? undefined : schema.parse(made.parse(kept).output);
}
