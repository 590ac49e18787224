import { globSync, readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, posix, relative, sep } from 'node:path';
import { parseSync } from 'oxc-parser';
import { importRules, ownFolder } from './import-rules.ts';

export interface Finding {
  readonly file: string;
  readonly line: number;
  readonly imported: string;
  readonly remedy: string;
}

const builtins = new Set(builtinModules);

interface Imported {
  readonly specifier: string;
  readonly line: number;
}

/** Every static import and re-export, and every dynamic import of a literal. */
function importsOf(file: string, source: string): readonly Imported[] {
  const { module } = parseSync(file, source);
  const lineAt = (offset: number): number => source.slice(0, offset).split('\n').length;
  const fixed = [
    ...module.staticImports.map((each) => each.moduleRequest),
    ...module.staticExports.flatMap((each) => each.entries.flatMap((entry) => entry.moduleRequest ?? [])),
  ].map(({ value, start }) => ({ specifier: value, line: lineAt(start) }));
  const dynamic = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    const text = source.slice(start, end).trim();
    return /^(['"`])[^$]*\1$/.test(text) ? [{ specifier: text.slice(1, -1), line: lineAt(start) }] : [];
  });
  return [...fixed, ...dynamic];
}

const startsWithOneOf = (path: string, prefixes: readonly string[]): boolean =>
  prefixes.some((prefix) => path.startsWith(prefix));

/** Findings of one file; `file` is relative to the root, with forward slashes. */
export function checkFile(file: string, source: string): readonly Finding[] {
  const rule = importRules.find(({ folder }) => file.startsWith(`${folder}/`));
  if (rule === undefined) {
    return [];
  }
  const allowed = (specifier: string): boolean => {
    if (specifier.startsWith('.')) {
      const target = posix.normalize(posix.join(posix.dirname(file), specifier));
      return target.startsWith(ownFolder(file)) || startsWithOneOf(target, rule.ours);
    }
    if (specifier.startsWith('node:') || builtins.has(specifier)) {
      return rule.withoutNode !== true;
    }
    return (
      rule.packages === undefined ||
      rule.packages.some((name) => specifier === name || specifier.startsWith(`${name}/`))
    );
  };
  return importsOf(file, source)
    .filter(({ specifier }) => !allowed(specifier))
    .map(({ specifier, line }) => ({ file, line, imported: specifier, remedy: rule.remedy }));
}

/** Checks every source file of the folders in the table below the given root. */
export function checkImports(root: string): readonly Finding[] {
  return importRules.flatMap(({ folder }) =>
    globSync(`${folder}/**/*.{ts,tsx}`, {
      cwd: root,
      exclude: (name) => dirname(name).includes('node_modules'),
    }).flatMap((name) => {
      const path = join(root, name);
      return checkFile(relative(root, path).split(sep).join('/'), readFileSync(path, 'utf8'));
    }),
  );
}
