import { checkLayer, type SettingProblem, type SettingValues, type WrittenLayer } from '../contracts/settings.ts';
import { AppError } from '../domain/errors.ts';
import { type ResolvedSettings, resolveSettings } from '../domain/integrations/resolved-settings.ts';
import { type AwsCall, createAwsCall } from './aws-json.ts';
import type { Config } from './config.ts';
import type { WorkspaceStores } from './stores/stores.ts';

/** A change in parameter store is seen within this time. */
const cacheMs = 60_000;

export interface Settings {
  /** What holds for everybody: default, stage, parameter store. */
  shared(): Promise<ResolvedSettings>;
  /** With the workspace's own values over them. */
  forWorkspace(stores: Pick<WorkspaceStores, 'settings'>): Promise<ResolvedSettings>;
}

/**
 * The layers of contracts/settings.ts, read where each lies: the stage's in the environment, put there at deployment; the operator's in
 * parameter `<prefix>/settings`; the workspace's in the state table. What is wrong in a layer is told all at once and nothing of it is used.
 */
export function createSettings(
  config: Config<'settings' | 'parameters' | 'aws' | 'credentials'>,
  call: AwsCall = createAwsCall(config, { name: 'ssm', target: 'AmazonSSM' }),
  now: () => number = Date.now,
): Settings {
  const stage = usable('stage', parseJson(config.settings.stage ?? '{}'), 'The settings of this stage');
  let held: { readonly value: Partial<SettingValues>; readonly until: number } | undefined;
  const parameterStore = async () => {
    if (held && held.until > now()) return held.value;
    const name = settingsParameter(config.parameters.prefix);
    const value = usable('parameter-store', await readParameter(call, name), `Parameter ${name}`);
    held = { value, until: now() + cacheMs };
    return value;
  };
  return {
    shared: async () => resolveSettings({ stage, 'parameter-store': await parameterStore() }),
    async forWorkspace({ settings }) {
      const [operators, { values }] = await Promise.all([parameterStore(), settings.get()]);
      // Of an older release there may be a key that is gone: it is passed over, and the next change drops it.
      const workspace = checkLayer('workspace', values).values;
      return resolveSettings({ stage, 'parameter-store': operators, workspace });
    },
  };
}

export const settingsParameter = (prefix: string): string => `${prefix}/settings`;

/** A parameter nobody made sets nothing. */
async function readParameter(call: AwsCall, name: string): Promise<unknown> {
  try {
    const { Parameter } = await call('GetParameter', { Name: name });
    return parseJson(typeof Parameter === 'object' && Parameter !== null ? Reflect.get(Parameter, 'Value') : undefined);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return {};
    throw error;
  }
}

function usable(layer: WrittenLayer, given: unknown, where: string): Partial<SettingValues> {
  const { values, problems } = checkLayer(layer, given);
  if (problems.length > 0) throw new AppError('internal', `${where} cannot be used: ${listProblems(problems)}.`);
  return values;
}

const listProblems = (problems: readonly SettingProblem[]): string =>
  problems.map(({ key, message }) => `${key} ${message}`.trim()).join('; ');

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
