import { join } from 'node:path';
import { root } from '../build.ts';
import { runChild } from '../launch/child.mjs';

/**
 * Builds in a process of its own, which takes the bundlers' memory with it when it ends: this one stays for as long as what it
 * starts. Exits as the build does when it fails.
 */
export async function buildFirst(): Promise<void> {
  const { code } = await runChild(process.execPath, [join(import.meta.dirname, 'build.ts')], {
    cwd: root,
    whenParentIsGone: true,
  });
  if (code !== 0) {
    process.exit(code);
  }
}
