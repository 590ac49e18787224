import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/**
 * Writes cdk.out for a stage as the CDK CLI would, with cdk.json's context, but without starting the CLI. Validation (cdk-nag)
 * costs a second and is left to `npm run check` and the tests.
 */
export async function synthesize(options: {
  readonly out: string;
  readonly context?: Readonly<Record<string, string>>;
  readonly validate?: boolean;
}): Promise<void> {
  const { context } = JSON.parse(await readFile(join(root, 'cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  const child = spawn(process.execPath, [join(root, 'bin', 'conext.ts')], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: {
      ...process.env,
      CDK_OUTDIR: options.out,
      CDK_CONTEXT_JSON: JSON.stringify({ ...context, ...options.context }),
      ...(options.validate ? {} : { CDK_VALIDATION: 'false' }),
    },
  });
  let errors = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = (errors + text).slice(-20_000);
  });
  const code = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve));
  if (code !== 0) {
    throw new Error(`Synthesis failed (exit ${code}):\n${errors.trim()}`);
  }
}
