import { createHash } from 'node:crypto';
import type { Account, Media } from '../../market/world.ts';
import { badInput, notFound } from '../error.ts';
import type { Parameters } from '../restli/parameters.ts';
import { accountUrn } from './subject.ts';

/** learn.microsoft.com/linkedin/marketing/community-management/shares/images-api; ids are opaque. */
const urnStart = 'urn:li:image:D5622AQ';

export const imageUrn = (mediaId: string): string => `${urnStart}${mediaId}`;

/** An image that was uploaded to the account's library. */
export function mediaOfUrn(account: Account, urn: string): Media | undefined {
  if (!urn.startsWith(urnStart)) return undefined;
  const id = urn.slice(urnStart.length);
  return account.media?.find((one) => one.id === id);
}

/** `GET /rest/images/{urn}` */
export function oneImage(accounts: readonly Account[], urn: string) {
  for (const account of accounts) {
    const media = mediaOfUrn(account, urn);
    if (media !== undefined) return imageRecord(account, media);
  }
  throw notFound(`Image ${urn} was not found.`);
}

/** `GET /rest/images?q=associatedAccount&associatedAccount=urn…`: what stands in the library of an account. */
export function libraryImages(account: Account, parameters: Parameters) {
  parameters.only('q', 'associatedAccount', 'start', 'count');
  const start = parameters.integer('start', 0, 100_000) ?? 0;
  const count = parameters.integer('count', 1, 100) ?? 10;
  const all = (account.media ?? []).filter(({ kind }) => kind === 'image').toReversed();
  return {
    paging: { start, count, links: [], total: all.length },
    elements: all.slice(start, start + count).map((media) => imageRecord(account, media)),
  };
}

function imageRecord(account: Account, media: Media) {
  return {
    id: imageUrn(media.id),
    owner: accountUrn(account),
    status: 'AVAILABLE',
    mediaLibraryMetadata: {
      associatedAccount: accountUrn(account),
      assetName: media.name,
      mediaLibraryStatus: 'ACTIVE',
    },
  };
}

/** Places that were asked for and are not filled yet. */
export class Uploads {
  readonly #open = new Map<string, { readonly accountId: string; readonly mediaId: string; readonly name: string }>();

  open(seed: number, accountId: string, mediaId: string, name: string): string {
    const token = createHash('sha256').update(`${seed}|linkedin-upload|${mediaId}`).digest('hex').slice(0, 32);
    this.#open.set(token, { accountId, mediaId, name });
    return token;
  }

  take(token: string): { readonly accountId: string; readonly mediaId: string; readonly name: string } {
    const found = this.#open.get(token);
    if (found === undefined) throw badInput('uploadUrl', 'The upload URL is not known, or was used.');
    return found;
  }

  close(token: string): void {
    this.#open.delete(token);
  }

  clear(): void {
    this.#open.clear();
  }
}
