import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { transform } from 'esbuild';

/** A top-level constant as esbuild prints it: from the first column to the semicolon before the next statement. */
const constant = /^((?:export )?const \w+ = )([\s\S]*?);$(?=\n\S|\n*$)/gm;

/** By source: every function carries contracts, and each run of esbuild asks for them again. */
const known = new Map<string, Promise<string>>();

function purified(source: string): Promise<string> {
  const found = known.get(source);
  if (found !== undefined) return found;
  const fresh = transform(source, { loader: 'ts', target: 'node24' }).then(({ code }) =>
    code.replace(constant, '$1/* @__PURE__ */ (() => ($2))();'),
  );
  known.set(source, fresh);
  return fresh;
}

/**
 * Lets a bundle drop the schemas it does not use. A schema is built by chained calls, which no bundler may take for pure; those
 * of contracts/ are: they only describe. Each is built at every cold start, so a function should carry its own alone.
 */
export const pureContracts = (): Plugin => ({
  name: 'pure-contracts',
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]contracts[\\/].*\.ts$/ }, async ({ path }) => ({
      contents: await purified(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
});
