import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import * as z from 'zod/mini';

/** What commands that work on one stage take, as `parseArgs` wants it. */
export const stageOptions = {
  stage: { type: 'string' },
  region: { type: 'string' },
  profile: { type: 'string' },
} as const;

type Given = { readonly [name in keyof typeof stageOptions]?: string | undefined };

/** One stage: the system on this machine, or a deployed one that is reached by the caller's own credentials. */
export type StageOf =
  | { readonly stage: 'local'; readonly region?: undefined; readonly profile?: undefined }
  | { readonly stage: string; readonly region: string; readonly profile: string | undefined };

export function checkStageName(stage: string): void {
  if (!/^[a-z][a-z0-9]{1,11}$/.test(stage)) throw new Error(`"${stage}" is no stage.`);
}

/** Throws in words for the caller when what was given is no stage. */
export function stageOf({ stage = 'local', region, profile }: Given): StageOf {
  checkStageName(stage);
  if (stage === 'local') {
    if ((region ?? profile) !== undefined) throw new Error('--region and --profile go with --stage.');
    return { stage: 'local' };
  }
  if (region === undefined) throw new Error('A deployed stage needs --region.');
  return { stage, region, profile };
}

/** Where the system on this machine keeps what it knows of itself. */
export const localHome = (): string => process.env.CONEXT_HOME ?? join(import.meta.dirname, '..', '.conext');

const localJson = z.object({
  aws: z.object({
    endpointUrl: z.string(),
    region: z.string(),
    accessKeyId: z.string(),
    secretAccessKey: z.string(),
    deadLettersUrl: z.string(),
    schemaRegistry: z.string(),
  }),
});

/** How to reach, in AWS's place, the system on this machine. Throws with what to do when none runs. */
export async function localAws(home: string): Promise<z.infer<typeof localJson>['aws']> {
  const path = join(home, 'local.json');
  const text = await readFile(path, 'utf8').catch(() => '{}');
  const found = localJson.safeParse(JSON.parse(text));
  if (!found.success) {
    throw new Error(`No system runs on this machine (${path}): npm start, or name a stage with --stage.`);
  }
  return found.data.aws;
}
