import { createHash } from 'node:crypto';
import { globSync, readFileSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** SHA-256 over the names and contents of the files that the patterns match, and over any further text. */
export function fingerprint(root: string, patterns: readonly string[], further: readonly string[] = []): string {
  const hash = createHash('sha256');
  for (const file of globSync([...patterns], { cwd: root, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()) {
    hash.update(file.slice(root.length)).update('\0').update(readFileSync(file)).update('\0');
  }
  for (const text of further) {
    hash.update(text).update('\0');
  }
  return hash.digest('hex');
}

/** Does the work unless the stamp says that it was done for the same inputs. Returns whether it did. */
export async function onlyWhenChanged(stamp: string, inputs: string, work: () => Promise<void>): Promise<boolean> {
  if ((await readFile(stamp, 'utf8').catch(() => undefined)) === inputs) {
    return false;
  }
  await work();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, inputs);
  return true;
}
