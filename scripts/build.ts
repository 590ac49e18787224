import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fingerprint, isCurrent, onlyWhenChanged } from './fingerprint.ts';
import { inTurn } from './launch/turn.mjs';
import { synthesize } from './synthesize.ts';

export const root = join(import.meta.dirname, '..');
export const cdkOut = join(root, 'cdk.out');
export const dashboardDist = join(root, 'dist', 'dashboard');
const functionsDist = join(root, 'dist', 'functions');

const shared = ['package-lock.json', 'tsconfig.json'];
const functionSources = [
  'functions/**',
  'domain/**',
  'contracts/**',
  'platforms/**',
  'adapters/**',
  'scripts/build-functions.ts',
];
const dashboardSources = ['dashboard/**', 'sdks/javascript/**', 'sdks/pixel/**', 'scripts/build-pixel.ts'];
const templateSources = ['bin/**', 'lib/**', 'contracts/**', 'state-machines/**', 'cdk.json', 'scripts/synthesize.ts'];

interface Part {
  readonly doing: string;
  readonly stamp: string;
  /** Fingerprint of what it is made from. */
  readonly inputs: string;
  /** There when the part is. */
  readonly product: string;
  make(): Promise<void>;
}

/** What the system runs from. */
function parts(): { readonly functions: Part; readonly dashboard: Part; readonly templates: Part } {
  const stampOf = (name: string): string => join(root, 'dist', '.stamps', name);
  const functions: Part = {
    doing: 'Bundling the functions',
    stamp: stampOf('functions'),
    inputs: fingerprint(root, [...shared, ...functionSources]),
    product: functionsDist,
    make: async () => {
      const { buildFunctions } = await import('./build-functions.ts');
      await buildFunctions();
    },
  };
  const dashboard: Part = {
    doing: 'Building the dashboard',
    stamp: stampOf('dashboard'),
    inputs: fingerprint(root, [...shared, ...dashboardSources]),
    product: join(dashboardDist, 'index.html'),
    make: drawDashboard,
  };
  const templates: Part = {
    doing: 'Synthesizing the templates',
    stamp: stampOf('templates'),
    inputs: fingerprint(root, [...shared, ...templateSources], [functions.inputs]),
    product: join(cdkOut, 'manifest.json'),
    make: async () => {
      await rm(cdkOut, { recursive: true, force: true });
      await synthesize({ out: cdkOut });
    },
  };
  return { functions, dashboard, templates };
}

async function drawDashboard(): Promise<void> {
  const { build: viteBuild } = await import('vite');
  // Made beside and put in place at once: a running system serves either the old pages or the new ones.
  const fresh = `${dashboardDist}.new`;
  await viteBuild({
    root: join(root, 'dashboard'),
    logLevel: 'silent',
    build: { outDir: fresh, emptyOutDir: true },
  });
  // Pages of customers load it from here; its name stays while what it takes does.
  const { buildPixel } = await import('./build-pixel.ts');
  await buildPixel(join(fresh, 'pixel', 'v1.js'));
  await rm(dashboardDist, { recursive: true, force: true });
  await rename(fresh, dashboardDist);
}

/**
 * Makes what the system runs from: function bundles, dashboard, and the templates of the local stage. Each part is made again
 * only when what it is made from has changed; of two builds at once the second waits and finds the work done.
 */
export async function build(progress: (doing: string) => void = () => {}): Promise<void> {
  if (Object.values(parts()).every((part) => isCurrent(part.stamp, part.inputs, part.product))) {
    return;
  }
  await inTurn(
    join(root, 'dist', '.building'),
    async () => {
      const { functions, dashboard, templates } = parts();
      const made = (part: Part): Promise<boolean> =>
        onlyWhenChanged(part.stamp, part.inputs, part.product, async () => {
          progress(part.doing);
          await part.make();
        });
      await Promise.all([made(functions), made(dashboard)]);
      await made(templates);
    },
    (pid) => progress(`Waiting for another build in this folder (process ${pid})`),
  );
}
