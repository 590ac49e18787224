import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../build.ts';

/** Runs a program as the rest of this command and exits as it does. Signals reach it; this process only waits. */
export async function finish(program: string, args: readonly string[]): Promise<never> {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit' });
  // Ctrl-C goes to the whole process group already.
  process.on('SIGINT', () => {});
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => child.kill(signal));
  }
  const code = await new Promise<number>((resolve, reject) => {
    child.on('error', reject).on('exit', (status) => resolve(status ?? 1));
  });
  process.exit(code);
}

export const tool = (name: string): string => join(root, 'node_modules', '.bin', name);
