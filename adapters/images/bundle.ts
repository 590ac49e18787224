/**
 * How the picture maker is bundled: fonts and WebAssembly stand as files beside the code, whatever machine bundles and whatever
 * one runs it, and are read when a picture needs them. Used at build time only.
 */

import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Plugin } from 'esbuild';
import { packedFiles } from './packed-names.ts';

const namespace = 'packed-file';

export const packedFilesBundle = (): Plugin => ({
  name: 'packed-files',
  setup({ onLoad, onResolve }) {
    const { resolve } = createRequire(import.meta.url);
    onLoad({ filter: /[\\/]adapters[\\/]images[\\/]packed-files\.ts$/ }, () => ({
      loader: 'js',
      contents: [
        "import { readFile } from 'node:fs/promises';",
        ...[...packedFiles.values()].map((file, at) => `import f${at} from ${JSON.stringify(`${namespace}:${file}`)};`),
        `const files = { ${[...packedFiles.keys()].map((name, at) => `${JSON.stringify(name)}: f${at}`).join(', ')} };`,
        'export const readPacked = async (name) => new Uint8Array(await readFile(new URL(files[name], import.meta.url)));',
      ].join('\n'),
    }));
    onResolve({ filter: new RegExp(`^${namespace}:`) }, ({ path }) => ({
      path: resolve(path.slice(namespace.length + 1)),
      namespace,
    }));
    onLoad({ filter: /./, namespace }, async ({ path }) => ({ contents: await readFile(path), loader: 'file' }));
  },
});
