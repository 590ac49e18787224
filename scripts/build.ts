import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint, onlyWhenChanged } from './fingerprint.ts';
import { synthesize } from './synthesize.ts';

export const root = join(import.meta.dirname, '..');
export const cdkOut = join(root, 'cdk.out');
export const dashboardDist = join(root, 'dist', 'dashboard');

const shared = ['package-lock.json', 'tsconfig.json'];
const functionSources = [
  'functions/**',
  'domain/**',
  'contracts/**',
  'platforms/**',
  'adapters/**',
  'scripts/build-functions.ts',
];
const dashboardSources = ['dashboard/**', 'sdks/javascript/**'];
const templateSources = ['bin/**', 'lib/**', 'contracts/**', 'state-machines/**', 'cdk.json', 'scripts/synthesize.ts'];

/**
 * Makes what the system runs from: function bundles, dashboard, and the templates of the local stage. Each part is made again
 * only when what it is made from has changed.
 */
export async function build(progress: (doing: string) => void = () => {}): Promise<void> {
  const stamps = join(root, 'dist', '.stamps');
  const functions = fingerprint(root, [...shared, ...functionSources]);
  const bundled = async (): Promise<boolean> => {
    const folder = join(root, 'dist', 'functions');
    if (!existsSync(folder)) {
      await rm(join(stamps, 'functions'), { force: true });
    }
    return onlyWhenChanged(join(stamps, 'functions'), functions, async () => {
      progress('Bundling the functions');
      const { buildFunctions } = await import('./build-functions.ts');
      await buildFunctions();
    });
  };
  const drawn = async (): Promise<boolean> => {
    if (!existsSync(join(dashboardDist, 'index.html'))) {
      await rm(join(stamps, 'dashboard'), { force: true });
    }
    return onlyWhenChanged(join(stamps, 'dashboard'), fingerprint(root, [...shared, ...dashboardSources]), async () => {
      progress('Building the dashboard');
      const { build: viteBuild } = await import('vite');
      await viteBuild({
        root: join(root, 'dashboard'),
        logLevel: 'error',
        build: { outDir: dashboardDist, emptyOutDir: true },
      });
    });
  };
  await Promise.all([bundled(), drawn()]);

  if (!existsSync(join(cdkOut, 'manifest.json'))) {
    await rm(join(stamps, 'templates'), { force: true });
  }
  await onlyWhenChanged(
    join(stamps, 'templates'),
    fingerprint(root, [...shared, ...templateSources], [functions]),
    async () => {
      progress('Synthesizing the templates');
      await rm(cdkOut, { recursive: true, force: true });
      await synthesize({ out: cdkOut });
    },
  );
}
