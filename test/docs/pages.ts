import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..', '..');

export interface Page {
  /** Relative to the repository. */
  readonly path: string;
  readonly text: string;
}

/** Every page a reader can open. */
export async function readPages(): Promise<readonly Page[]> {
  const paths = ['*.md', 'docs/**/*.md', 'simulator/*.md', 'sdks/*/*.md', 'dashboard/*.md'].flatMap((pattern) =>
    globSync(pattern, { cwd: root }),
  );
  return Promise.all(paths.toSorted().map(async (path) => ({ path, text: await readFile(join(root, path), 'utf8') })));
}

/** Rows of the table below a heading, cells trimmed, without its own header. */
export function tableBelow(page: Page, heading: string): readonly (readonly string[])[] {
  const [, section] = page.text.split(new RegExp(`^#+ ${heading}$`, 'm'));
  if (section === undefined) throw new Error(`${page.path} has no heading "${heading}"`);
  const [own = ''] = section.split(/^#/m);
  const rows = own.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** Text without fenced code, where `#` and `[x](y)` mean something else. */
export const prose = (text: string): string => text.replaceAll(/^```[\s\S]*?^```/gm, '');

/** As GitHub makes an anchor of a heading. */
export const anchors = (text: string): ReadonlySet<string> =>
  new Set(
    [...prose(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
