/**
 * Who may import whom, as a table. A file of a folder may import its own folder, the folders and packages named here, and Node's
 * own modules; anything else is a finding with its remedy.
 */
export interface ImportRule {
  readonly folder: string;
  /** Folders or files of ours, as path prefixes. */
  readonly ours: readonly string[];
  /** Packages, as name prefixes; `undefined` means any. */
  readonly packages?: readonly string[];
  /** Node's own modules are refused: pure code, or code for a browser. */
  readonly withoutNode?: true;
  readonly remedy: string;
}

export const importRules: readonly ImportRule[] = [
  {
    folder: 'contracts',
    ours: [],
    packages: ['zod'],
    withoutNode: true,
    remedy: 'Contracts know zod and each other only.',
  },
  {
    folder: 'domain',
    ours: ['contracts/'],
    packages: ['zod'],
    remedy: 'A rule takes what it needs as arguments; I/O belongs to adapters/ and functions/.',
  },
  {
    folder: 'platforms',
    ours: ['domain/', 'contracts/'],
    remedy: 'A platform is told what it needs by whoever opens it.',
  },
  {
    folder: 'adapters',
    ours: ['domain/', 'contracts/'],
    remedy: 'Adapters stand below functions and beside platforms.',
  },
  {
    folder: 'functions',
    ours: [
      'domain/',
      'contracts/',
      'platforms/registry.ts',
      'platforms/readers.ts',
      'platforms/writers.ts',
      'platforms/authorizations.ts',
      'platforms/webhooks.ts',
      'adapters/',
    ],
    remedy:
      'Only platforms/registry.ts, readers.ts, writers.ts, authorizations.ts and webhooks.ts speak for the platforms; what two capabilities share belongs to domain/ or adapters/.',
  },
  {
    folder: 'lib',
    ours: ['contracts/'],
    packages: ['aws-cdk-lib', 'constructs', 'cdk-nag', 'zod'],
    remedy: 'Infrastructure names bundles, never their source.',
  },
  {
    folder: 'bin',
    ours: ['lib/', 'contracts/'],
    packages: ['aws-cdk-lib', 'constructs', 'cdk-nag'],
    remedy: 'The entry only instantiates stacks.',
  },
  {
    folder: 'local',
    ours: [],
    remedy: 'The local runtime runs templates and bundles; it must not know the product’s source.',
  },
  { folder: 'simulator', ours: [], remedy: 'Code shared with platforms/ would be wrong in both at once.' },
  {
    folder: 'dashboard',
    ours: ['sdks/javascript/'],
    remedy: 'The dashboard is a client of the public API like any other.',
  },
  { folder: 'sdks', ours: [], packages: [], withoutNode: true, remedy: 'An SDK stands alone.' },
];

/** A capability may not import another; its own folder is `functions/<module>/<capability>/`. */
export const ownFolder = (file: string): string => {
  const parts = file.split('/');
  return `${parts.slice(0, parts[0] === 'functions' ? 3 : parts[0] === 'sdks' ? 2 : 1).join('/')}/`;
};
