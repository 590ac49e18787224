import { join } from 'node:path';
import { root } from '../build.ts';
import { runChild } from '../launch/child.mjs';
import { sentenceOf } from '../launch/sentence.mjs';

/** Runs a program as the rest of this command and exits as it does. Signals reach it; this process only waits. */
export async function finish(program: string, args: readonly string[]): Promise<never> {
  const { code, error } = await runChild(program, args, { cwd: root, whenParentIsGone: true });
  if (error !== undefined) {
    process.stderr.write(`${program} cannot be run: ${sentenceOf(error)}\n`);
  }
  process.exit(code);
}

export const tool = (name: string): string => join(root, 'node_modules', '.bin', name);
