/**
 * How long each kind of data is kept, and by what it is taken away. S3's lifecycle rules are made from this table, and the
 * maintenance function goes by it; docs/operations.md prints it.
 */

export type RemovedBy = 's3-lifecycle' | 'dynamodb-expiry' | 'maintenance';

export interface RetentionRule {
  readonly what: string;
  /** `null`: for good. */
  readonly days: number | null;
  readonly by: RemovedBy;
  /** Folder of the lake, ending in a slash. */
  readonly prefix?: `${string}/`;
}

export const retention = {
  raw: {
    what: 'Answers of the platforms as they came; facts can be made again from them while they are kept',
    days: 800,
    by: 's3-lifecycle',
    prefix: 'raw/',
  },
  plans: { what: 'Items of a run', days: 90, by: 's3-lifecycle', prefix: 'runs/' },
  staging: { what: 'Parquet of one load', days: 7, by: 's3-lifecycle', prefix: 'staging/' },
  results: { what: 'Results of warehouse statements', days: 7, by: 's3-lifecycle', prefix: 'athena-results/' },
  quarantine: { what: 'Refused rows with their reason', days: 400, by: 's3-lifecycle', prefix: 'quarantine/' },
  rollups: {
    what: 'Serving copies that no pointer names any more',
    days: 2,
    by: 'maintenance',
    prefix: 'rollups/',
  },
  imports: {
    what: 'Downloaded reports that somebody sent; their facts stay',
    days: 30,
    by: 's3-lifecycle',
    prefix: 'imports/',
  },
  assets: {
    what: 'Logos and photos that people uploaded, until somebody deletes them',
    days: null,
    by: 'maintenance',
    prefix: 'assets/',
  },
  generation: {
    what: 'What runs from briefs to campaigns made: facts, plans, copy, pictures',
    days: 400,
    by: 's3-lifecycle',
    prefix: 'generation/',
  },
  quality: { what: 'All that the checks found after a run', days: 90, by: 's3-lifecycle', prefix: 'quality/' },
  checks: { what: 'What the checks said of a run; the latest of each account stays', days: 90, by: 'dynamodb-expiry' },
  runs: { what: 'Records of runs, of their progress and of generated ads', days: 400, by: 'dynamodb-expiry' },
  events: {
    what: 'Events of the stream as they were delivered; counters can be made again from them while they are kept',
    days: 400,
    by: 's3-lifecycle',
    prefix: 'events/',
  },
  failedEvents: {
    what: 'What the stream delivered that is no event',
    days: 90,
    by: 's3-lifecycle',
    prefix: 'events-failed/',
  },
  facts: { what: 'Rows of the fact tables, by their account-local day', days: null, by: 'maintenance' },
  proofs: { what: 'Records of deleted workspaces', days: null, by: 'maintenance', prefix: 'proofs/' },
} as const satisfies Record<string, RetentionRule>;
