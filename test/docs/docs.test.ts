import { existsSync, globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, dirname, join, normalize } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { roles, scopeNames, scopes, scopesByRole } from '../../contracts/access.ts';
import { retention } from '../../contracts/retention.ts';
import type { Route } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import { problemCodes } from '../../contracts/schemas/problem.ts';
import { anchors, type Page, prose, readPages, root, tableBelow } from './pages.ts';

let pages: readonly Page[];
beforeAll(async () => {
  pages = await readPages();
});

const page = (path: string): Page => {
  const found = pages.find((one) => one.path === path);
  if (found === undefined) throw new Error(`${path} is missing`);
  return found;
};

/** Everything that reads the environment, and the scripts that start it. */
async function sourceText(): Promise<string> {
  const files = globSync('{adapters,bin,lib,local,scripts,simulator}/**/*.{ts,mjs}', { cwd: root });
  return (await Promise.all(files.map((file) => readFile(join(root, file), 'utf8')))).join('\n');
}

const variablesIn = (text: string): readonly string[] =>
  [...new Set(text.match(/\bCONEXT_[A-Z][A-Z_]*[A-Z]\b/g) ?? [])].toSorted();

describe('the API page', () => {
  it('gives every scope to the roles that the contract gives it to', () => {
    expect(tableBelow(page('docs/api.md'), 'Scopes and roles')).toEqual(
      scopeNames.map((scope) => [
        `\`${scope}\``,
        scopes[scope],
        ...roles.map((role) => (scopesByRole[role].includes(scope) ? 'yes' : 'no')),
      ]),
    );
  });

  it('lists every route with its scope', () => {
    expect(tableBelow(page('docs/api.md'), 'Routes')).toEqual(
      Object.values<Route>(routes).map(({ method, path, scope, summary }) => [
        `\`${method} ${path}\``,
        `\`${scope}\``,
        summary,
      ]),
    );
  });

  it('lists every error code with its status and title', () => {
    expect(tableBelow(page('docs/api.md'), 'Errors')).toEqual(
      Object.entries(problemCodes).map(([code, { status, title }]) => [`\`${code}\``, String(status), title]),
    );
  });
});

describe('every page', () => {
  it('links only to what is there', () => {
    const broken = pages.flatMap(({ path, text }) =>
      [...prose(text).matchAll(/\]\(([^)\s]+)\)/g)]
        .map(([, target = '']) => target)
        .filter((target) => !/^[a-z]+:/.test(target))
        .filter((target) => {
          const [file = '', anchor] = target.split('#');
          const linked = normalize(file === '' ? path : join(dirname(path), file));
          if (!existsSync(join(root, linked))) return true;
          const other = pages.find((one) => one.path === linked);
          return anchor !== undefined && other !== undefined && !anchors(other.text).has(anchor);
        })
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it('names only commands that package.json has', async () => {
    const { scripts } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const named = pages.flatMap(({ path, text }) =>
      [...text.matchAll(/\bnpm (?:run ([a-z:]+)|(start|test))\b/g)].map(([, run, short]) => ({
        path,
        script: run ?? short ?? '',
      })),
    );
    expect(named.length).toBeGreaterThan(0);
    expect(named.filter(({ script }) => !Object.hasOwn(scripts, script))).toEqual([]);
  });

  it('names only files of ours that are there', () => {
    const folders = [
      'adapters',
      'bench',
      'bin',
      'contracts',
      'dashboard',
      'docs',
      'domain',
      'functions',
      'lib',
      'local',
    ];
    const ours = new RegExp(
      `\`((?:${[...folders, 'platforms', 'scripts', 'sdks', 'simulator', 'state-machines', 'test'].join('|')})/[\\w./-]*)\``,
      'g',
    );
    const missing = pages.flatMap(({ path, text }) =>
      [...prose(text).matchAll(ours)]
        .map(([, named = '']) => named)
        // Written by a command, not kept.
        .filter((named) => named !== 'bench/results.json' && !existsSync(join(root, named)))
        .map((named) => `${path}: ${named}`),
    );
    // The simulator's own page speaks of its folder.
    expect(missing.filter((line) => !line.startsWith('simulator/'))).toEqual([]);
  });
});

describe('settings', () => {
  it('that pages name are read by the code', async () => {
    const read = new Set(variablesIn(await sourceText()));
    expect(pages.flatMap(({ text }) => variablesIn(text)).filter((name) => !read.has(name))).toEqual([]);
  });

  it('that the code reads are on the page of the laptop', async () => {
    expect(variablesIn(page('docs/local-runtime.md').text)).toEqual(variablesIn(await sourceText()));
  });
});

describe('the index of decisions', () => {
  it('lists every record under its title, in order', async () => {
    const files = globSync('docs/decisions/[0-9]*.md', { cwd: root }).toSorted();
    const entries = await Promise.all(
      files.map(async (file, index) => {
        const [title = ''] = (await readFile(join(root, file), 'utf8')).split('\n');
        return `${index + 1}. [${title.replace(/^# /, '')}](${basename(file)})`;
      }),
    );
    const listed = page('docs/decisions/README.md').text.match(/^\d+\. .+$/gm);
    expect(listed).toEqual(entries);
  });
});

describe('the operations page', () => {
  it('gives what is kept how long as the contract has it', () => {
    expect(tableBelow(page('docs/operations.md'), 'What is kept how long')).toEqual(
      Object.entries(retention).map(([kind, { what, days, by }]) => [
        `\`${kind}\``,
        what,
        days === null ? 'for good' : String(days),
        `\`${by}\``,
      ]),
    );
  });
});
