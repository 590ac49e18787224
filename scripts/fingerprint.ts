import { createHash } from 'node:crypto';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { mkdir, rm, writeFile } from 'node:fs/promises';
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

/** Whether the product is there and was made from these inputs. */
export function isCurrent(stamp: string, inputs: string, product: string): boolean {
  try {
    return readFileSync(stamp, 'utf8') === inputs && existsSync(product);
  } catch {
    return false;
  }
}

/** Does the work unless its product is there and was made from the same inputs. Returns whether it did. */
export async function onlyWhenChanged(
  stamp: string,
  inputs: string,
  product: string,
  work: () => Promise<void>,
): Promise<boolean> {
  if (isCurrent(stamp, inputs, product)) {
    return false;
  }
  // Work that is broken off leaves no stamp: not even one of older inputs, which may come back.
  await rm(stamp, { force: true });
  await work();
  await mkdir(dirname(stamp), { recursive: true });
  await writeFile(stamp, inputs);
  return true;
}
