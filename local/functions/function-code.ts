import { constants } from 'node:fs';
import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FunctionDefinition } from './function-definition.ts';

/**
 * Takes a copy of the function's code to run from. Deploying does that on AWS; here it lets someone build or test in the same
 * checkout while the system runs, which replaces the folders it was started from.
 */
export async function keepCode(definition: FunctionDefinition, codeFolder: string): Promise<FunctionDefinition> {
  const folder = join(codeFolder, definition.name);
  await rm(folder, { recursive: true, force: true });
  await cp(definition.folder, folder, { recursive: true, mode: constants.COPYFILE_FICLONE });
  return { ...definition, folder };
}
