import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, root } from '../build.ts';
import { checkImports } from '../check-imports.ts';
import { schemaFindings } from '../check-schemas.ts';
import { staleFiles } from '../generate/main.ts';
import { synthesize } from '../synthesize.ts';

interface Verdict {
  readonly name: string;
  readonly failure: string | undefined;
  readonly seconds: number;
}

async function timed(name: string, work: () => Promise<string | undefined>): Promise<Verdict> {
  const started = performance.now();
  const failure = await work().catch((error: unknown) => (error instanceof Error ? error.message : String(error)));
  const verdict = { name, failure, seconds: (performance.now() - started) / 1000 };
  process.stdout.write(
    `${failure === undefined ? 'ok  ' : 'FAIL'} ${verdict.seconds.toFixed(1).padStart(5)} s  ${name}\n`,
  );
  return verdict;
}

/** Runs a tool quietly; its output is the failure. */
const tool = (name: string, args: readonly string[]) => async (): Promise<string | undefined> => {
  const child = spawn(join(root, 'node_modules', '.bin', name), args, { cwd: root });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve));
  return code === 0 ? undefined : output;
};

/** cdk-nag's AwsSolutions rules over every template, acknowledged findings aside. */
async function templateRules(): Promise<string | undefined> {
  await build();
  const out = await mkdtemp(join(tmpdir(), 'conext-check-'));
  try {
    await synthesize({ out, validate: true });
    const report = await readFile(join(out, 'validation-report.json'), 'utf8').catch(() => '{}');
    const { pluginReports = [] } = JSON.parse(report) as { pluginReports?: { violations?: { ruleName: string }[] }[] };
    const findings = pluginReports.flatMap((plugin) => plugin.violations ?? []).map((violation) => violation.ruleName);
    return findings.length === 0 ? undefined : findings.join('\n');
  } finally {
    await rm(out, { recursive: true, force: true });
  }
}

const checks: readonly (readonly [string, () => Promise<string | undefined>])[] = [
  [
    'import directions',
    async () => {
      const lines = checkImports(root).map(
        ({ file, line, imported, remedy }) => `${file}:${line} imports ${imported}. ${remedy}`,
      );
      return lines.length === 0 ? undefined : lines.join('\n');
    },
  ],
  [
    'schemas of the streams',
    async () => {
      const findings = schemaFindings();
      return findings.length === 0 ? undefined : findings.join('\n');
    },
  ],
  [
    'generated files are current',
    async () => {
      const stale = await staleFiles();
      return stale.length === 0
        ? undefined
        : `Run "npm run generate": ${stale.join(', ')} ${stale.length === 1 ? 'is' : 'are'} out of date.`;
    },
  ],
  ['types', tool('tsc', ['--noEmit'])],
  ['format and lint', tool('biome', ['ci', '--error-on-warnings', '--colors=off'])],
  ['dead code', tool('knip', ['--no-progress'])],
  ['template rules', templateRules],
];

const verdicts: Verdict[] = [];
for (const [name, work] of checks) {
  verdicts.push(await timed(name, work));
}
const failed = verdicts.filter(({ failure }) => failure !== undefined);
for (const { name, failure } of failed) {
  process.stderr.write(`\n== ${name}\n${failure}\n`);
}
process.exit(failed.length === 0 ? 0 : 1);
