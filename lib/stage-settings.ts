import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkLayer, type SettingValues } from '../contracts/settings.ts';

const folder = join(import.meta.dirname, '..', 'settings');

/** As functions get them: JSON of the values by key. */
export const readStageSettings = (stage: string, from: string = folder): string =>
  JSON.stringify(stageSettings(stage, from));

/**
 * The stage's settings, `settings/<stage>.json`. A stage without the file sets nothing.
 * @throws with everything that is wrong in the file, so that a deployment stops before it begins.
 */
export function stageSettings(stage: string, from: string = folder): Partial<SettingValues> {
  const path = join(from, `${stage}.json`);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return {};
    throw error;
  }
  const { values, problems } = checkLayer('stage', parsed(text));
  if (problems.length > 0) {
    const lines = problems.map(({ key, message }) => `  ${key} ${message}`.trimEnd());
    throw new Error(`settings/${stage}.json cannot be used:\n${lines.join('\n')}`);
  }
  return values;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
