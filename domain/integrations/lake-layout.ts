import * as z from 'zod/mini';
import type { ReportRequest } from './platform.ts';

/**
 * Where things lie in the lake bucket. Every key holds the run, so nothing is ever overwritten by another run; what is kept
 * of raw answers is enough to rebuild the facts without asking the platform again.
 */

/** The item a raw answer, a staging folder or a quarantine file belongs to. */
export interface ItemPlace {
  readonly workspaceId: string;
  readonly runId: string;
  readonly itemId: string;
  readonly platform: string;
  readonly accountPlatformId: string;
}

/** The plan's items, one JSON array: what the distributed Map reads. A resumed run has a list of what is left beside the whole. */
export const planKey = (workspaceId: string, runId: string, attempt = 1): string =>
  `runs/workspace=${workspaceId}/run=${runId}/items${attempt === 1 ? '' : `-${attempt}`}.json`;

/** `metrics/campaign`, `structure/ad`: names a report in folders, manifests and quarantined rows. */
export const reportName = (request: Pick<ReportRequest, 'kind'> & { grain?: string; structure?: string }): string =>
  request.kind === 'metrics' ? `metrics/${request.grain}` : `structure/${request.structure}`;

type AccountPlace = Pick<ItemPlace, 'workspaceId' | 'platform' | 'accountPlatformId'>;
/** Everything that a platform answered about one account. */
export const rawAccountPrefix = (place: AccountPlace): string =>
  `raw/platform=${place.platform}/workspace=${place.workspaceId}/account=${place.accountPlatformId}/`;

const rawPrefix = (place: ItemPlace): string => `${rawAccountPrefix(place)}run=${place.runId}/item=${place.itemId}/`;

export const rawPageKey = (place: ItemPlace, report: string, page: number): string =>
  `${rawPrefix(place)}${report}/page-${String(page).padStart(6, '0')}.jsonl.gz`;

export const manifestKey = (place: ItemPlace): string => `${rawPrefix(place)}manifest.json`;
/** Reports that an interrupted extraction has whole, in the form of a manifest. */
export const partialKey = (place: ItemPlace): string => `${rawPrefix(place)}partial.json`;

/** Written last: without it the pages beside it do not count. */
export const manifest = z.object({
  extractedAt: z.iso.datetime(),
  reports: z.array(z.object({ report: z.string(), pages: z.array(z.object({ key: z.string(), rows: z.int() })) })),
});
export type Manifest = z.infer<typeof manifest>;

/** The folder of a run's quarantined rows; a gzipped JSON-lines file an item, each line a `QuarantinedRow`. */
export const quarantinePrefix = (workspaceId: string, runId: string): string =>
  `quarantine/workspace=${workspaceId}/run=${runId}/`;
export const quarantineKey = (place: Pick<ItemPlace, 'workspaceId' | 'runId' | 'itemId'>): string =>
  `${quarantinePrefix(place.workspaceId, place.runId)}item=${place.itemId}.jsonl.gz`;

/** Everything the checks said of one account after a load, a JSON line a check, with all that was found. */
export const qualityKey = (place: {
  readonly workspaceId: string;
  readonly runId: string;
  readonly subject: string;
}): string => `quality/workspace=${place.workspaceId}/run=${place.runId}/account=${place.subject}.jsonl.gz`;

export const rollupKey = (place: {
  readonly workspaceId: string;
  readonly accountId: string;
  readonly grain: string;
  readonly month: string;
  readonly runId: string;
  /** The version the pointer will have: what a pointer ever named is not written again. */
  readonly build: number;
}): string =>
  `rollups/workspace=${place.workspaceId}/grain=${place.grain}/month=${place.month}/account=${place.accountId}/${place.runId}-${place.build}.bin.gz`;
