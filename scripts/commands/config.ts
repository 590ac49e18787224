import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isSettingKey } from '../../contracts/settings.ts';
import { check, type FoundLayer, type FoundLayers, localLayers, parse } from '../settings/layers.ts';
import { checkStageName, localHome, stageOptions } from '../stage-of.ts';

const root = join(import.meta.dirname, '..', '..');

const help = `Says what is configured, and where each value comes from.

  npm run config -- list                  every setting, its value and the layer it comes from
  npm run config -- explain KEY           one setting and where every layer stands
  npm run config -- validate              everything that is wrong in a layer, all at once; exit status 1 if anything is

  --stage NAME        the stage; local when absent
  --region REGION     look into the deployed stage on AWS; without it only the files here (and the running local system) are read
  --profile NAME      the AWS profile to look with
  --workspace wsp_…   with the workspace's own values

Layers, the first giving way first: default, stage (settings/<stage>.json), parameter store (/conext/<stage>/settings),
workspace (PATCH /v1/settings). docs/configuration.md lists the settings.
`;
const usageError = 2;

function fail(message: string, code = usageError): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

interface Question {
  readonly verb: 'list' | 'explain' | 'validate';
  readonly key: string;
  readonly stage: string | undefined;
  readonly region: string | undefined;
  readonly profile: string | undefined;
  readonly workspace: string | undefined;
}

function read(): Question {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        ...stageOptions,
        workspace: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const [verb, key = '', ...more] = positionals;
    if (verb !== 'list' && verb !== 'explain' && verb !== 'validate') {
      throw new Error(verb === undefined ? 'Say list, explain or validate.' : `There is no "${verb}" here.`);
    }
    if (verb === 'explain' ? key === '' || more.length > 0 : key !== '') {
      throw new Error(verb === 'explain' ? 'explain takes one KEY.' : `${verb} takes no further words.`);
    }
    const { stage, region, profile, workspace } = values;
    if (stage !== undefined) checkStageName(stage);
    if (region === undefined && stage !== undefined && stage !== 'local' && workspace !== undefined) {
      throw new Error('A workspace of a deployed stage needs --region.');
    }
    return { verb, key, stage, region, profile, workspace };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

/** The stage's file here; a stage without one sets nothing. */
async function stageFile(stage: string): Promise<FoundLayer> {
  const place = `settings/${stage}.json`;
  const text = await readFile(join(root, place), 'utf8').catch(() => undefined);
  return check('stage', text === undefined ? {} : parse(text), place);
}

async function layersOf({ stage = 'local', region, profile, workspace }: Question): Promise<FoundLayers> {
  if (region !== undefined) {
    // AWS's clients take a while to load; most questions do without.
    const { deployedLayers } = await import('../settings/deployed-layers.ts');
    return deployedLayers({ stage, region, profile, workspace });
  }
  const why = 'needs --region';
  const beyond: FoundLayers =
    stage === 'local'
      ? await localLayers(localHome(), workspace)
      : { found: {}, unseen: { 'parameter-store': why, workspace: why } };
  return { ...beyond, found: { stage: await stageFile(stage), ...beyond.found } };
}

async function problems(question: Question): Promise<readonly string[]> {
  const found: FoundLayer[] = [];
  if (question.stage === undefined && question.region === undefined) {
    const files = await readdir(join(root, 'settings')).catch(() => []);
    for (const file of files.filter((name) => name.endsWith('.json')).sort()) {
      found.push(await stageFile(file.replace(/\.json$/, '')));
    }
  } else found.push(...Object.values((await layersOf(question)).found));
  return found.flatMap(({ place, problems: wrong }) => wrong.map((problem) => `${place}: ${problem}`));
}

const question = read();
const { explain, list, similar } = await import('../settings/describe.ts');
if (question.verb === 'explain' && !isSettingKey(question.key)) {
  const near = similar(question.key);
  fail(
    `There is no setting "${question.key}". ${near.length > 0 ? `Near it: ${near.join(', ')}.` : 'npm run config -- list names them all.'}`,
  );
}
try {
  if (question.verb === 'validate') {
    const wrong = await problems(question);
    if (wrong.length > 0) fail(wrong.join('\n'), 1);
    process.stdout.write('All settings that were looked at are valid.\n');
  } else {
    const layers = await layersOf(question);
    for (const { place, problems: wrong } of Object.values(layers.found)) {
      for (const problem of wrong) process.stderr.write(`${place}: ${problem}; it is left out here.\n`);
    }
    process.stdout.write(`${isSettingKey(question.key) ? explain(layers, question.key) : list(layers)}\n`);
    // Whoever reads the list must know what is missing from it.
    if (question.verb === 'list') {
      for (const [layer, why] of Object.entries(layers.unseen)) process.stdout.write(`Not seen: ${layer}, ${why}.\n`);
    }
  }
} catch (error) {
  fail(`The settings could not be read: ${error instanceof Error ? error.message : String(error)}`, 1);
}
