import { join } from 'node:path';
import { build } from 'esbuild';

const entry = join(import.meta.dirname, '..', 'sdks', 'pixel', 'src', 'pixel.ts');

/** The script that pages load, as one file of every browser of the last years. */
export async function buildPixel(outfile: string): Promise<void> {
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    minify: true,
    format: 'iife',
    platform: 'browser',
    target: ['chrome100', 'firefox100', 'safari15.4'],
    legalComments: 'none',
    logLevel: 'silent',
  });
}
