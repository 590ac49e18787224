import { readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { measurements } from '../../bench/measurements.ts';
import { build, root } from '../build.ts';
import { announce, orOneSentence } from '../progress.ts';

type Name = keyof typeof measurements;
const names = Object.keys(measurements) as Name[];

const help = `Measures and writes bench/results.json.

  npm run bench                    everything, in about half an hour
  npm run bench -- streamLive etl  these; what was measured before of the others stays

Parts: ${names.join(', ')}
`;

const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGb: Math.round(totalmem() / 1024 ** 3),
  platform: `${process.platform} ${process.arch}`,
  node: process.version,
};

/** Each part with when and where it was measured: parts may be of different runs. */
type Results = Partial<
  Record<Name, { readonly measuredAt: string; readonly machine: object; readonly figures: unknown }>
>;

const resultsFile = join(root, 'bench', 'results.json');

async function measure(wanted: readonly Name[]): Promise<void> {
  process.stdout.write(
    `${machine.cores} cores (${machine.cpu}), ${machine.memoryGb} GB, ${machine.platform}, Node ${machine.node}\n`,
  );
  await build(announce);
  for (const name of wanted) {
    const figures = await measurements[name]();
    const before = JSON.parse(await readFile(resultsFile, 'utf8').catch(() => '{}')) as Results;
    const results: Results = { ...before, [name]: { measuredAt: new Date().toISOString(), machine, figures } };
    await writeFile(resultsFile, `${JSON.stringify(results, null, 2)}\n`);
  }
  process.stdout.write('Wrote bench/results.json\n');
}

const asked = process.argv.slice(2);
if (asked.includes('--help')) {
  process.stdout.write(help);
  process.exit(0);
}
const unknown = asked.filter((name) => !names.includes(name as Name));
if (unknown.length > 0) {
  process.stderr.write(`There is no "${unknown[0]}" to measure.\n\n${help}`);
  process.exit(2);
}
await orOneSentence(measure(asked.length === 0 ? names : (asked as Name[])));
process.exit(0);
