import type { Market } from '../market/market.ts';
import type { LibraryKind } from './library.ts';
import type { Parameters } from './parameters.ts';
import type { RequestIds } from './request-ids.ts';
import { createAdGroup, updateAdGroup } from './write-adgroups.ts';
import { createAds, updateAds } from './write-ads.ts';
import { createCampaign, updateCampaign } from './write-campaigns.ts';
import { uploadMedia } from './write-media.ts';
import { updateStatus } from './write-status.ts';

/** What a write needs of the simulator. */
export interface Writing {
  readonly market: Market;
  readonly nowMs: number;
  readonly requestIds: RequestIds;
  /** Hears of what an earlier request of the same id has made, before this one is refused. */
  readonly repeated: (objectId: string) => void;
}

/** Found valid, with every parameter read; nothing has happened yet. */
export interface Prepared {
  readonly act: () => { readonly data: unknown; readonly objectIds: readonly string[] };
}

type Write = (writing: Writing, parameters: Parameters, file: Buffer) => Prepared;

const upload =
  (kind: LibraryKind): Write =>
  (writing, parameters, file) =>
    uploadMedia(writing, kind, parameters, file);

/** Everything that changes something; the listener carries it out in full or not at all. */
export const writes: Readonly<Record<string, Write>> = {
  'campaign/create': createCampaign,
  'campaign/update': updateCampaign,
  'campaign/status/update': (writing, parameters) => updateStatus(writing, 'campaign', parameters),
  'adgroup/create': createAdGroup,
  'adgroup/update': updateAdGroup,
  'adgroup/status/update': (writing, parameters) => updateStatus(writing, 'adgroup', parameters),
  'ad/create': createAds,
  'ad/update': updateAds,
  'ad/status/update': (writing, parameters) => updateStatus(writing, 'ad', parameters),
  'file/image/ad/upload': upload('image'),
  'file/video/ad/upload': upload('video'),
};
