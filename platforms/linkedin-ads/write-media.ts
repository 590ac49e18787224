import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { PlatformOperationOf, Written } from '../../domain/integrations/platform-writer.ts';
import type { LinkedInClient } from './client.ts';
import { platformError } from './errors.ts';
import { pagesByOffset } from './paging.ts';
import { urn } from './urns.ts';
import type { LinkedInWriteClient } from './write-client.ts';

type Upload = PlatformOperationOf<'upload-asset'>;

const initialized = z.object({ value: z.object({ image: z.string(), uploadUrl: z.string() }) });
const libraryImage = z.object({
  id: z.string(),
  status: z.string(),
  mediaLibraryMetadata: z.optional(z.object({ assetName: z.optional(z.string()) })),
});
const largestPage = 100;
/** The newest images are looked through, two thousand of them; an older one is uploaded again, which costs nothing. */
const mostPages = 20;

/** Until an image is worked through it cannot be shown; that takes seconds. */
const looks = 10;
const pauseMs = 1_000;

/** LinkedIn lets two images have one name and tells no hash: a part of the hash in the name tells ours. */
const assetNameOf = ({ name, bytes }: Upload): string =>
  `${name} ${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`;

/** The same bytes of the same name in the account's media library, all of them there. */
export async function uploadedBefore(
  client: LinkedInClient,
  accountId: string,
  upload: Upload,
  signal: AbortSignal | undefined,
): Promise<Written | undefined> {
  const name = assetNameOf(upload);
  const parameters = { q: 'associatedAccount', associatedAccount: urn('sponsoredAccount', accountId) };
  const question = { path: 'images', resource: 'images', parameters, signal };
  let pages = 0;
  for await (const rows of pagesByOffset(client, question, largestPage)) {
    pages += 1;
    for (const row of rows) {
      const { success, data } = libraryImage.safeParse(row);
      if (!success || data.mediaLibraryMetadata?.assetName !== name || data.status !== 'AVAILABLE') continue;
      return { platformId: data.id, platformRequestId: null };
    }
    if (pages >= mostPages) return undefined;
  }
  return undefined;
}

/** Two calls: a place in the library, then its bytes. A place that stays empty shows nothing and costs nothing. */
export async function upload(
  { reads, writes }: { readonly reads: LinkedInClient; readonly writes: LinkedInWriteClient },
  accountId: string,
  operation: Upload,
  signal: AbortSignal | undefined,
): Promise<Written> {
  const owner = urn('sponsoredAccount', accountId);
  const { data, requestId } = await writes.send(
    {
      path: 'images?action=initializeUpload',
      resource: 'images',
      body: {
        initializeUploadRequest: {
          owner,
          mediaLibraryMetadata: { associatedAccount: owner, assetName: assetNameOf(operation) },
        },
      },
      signal,
    },
    initialized,
  );
  const { image, uploadUrl } = data.value;
  await writes.put(uploadUrl, operation.bytes, operation.contentType, signal);
  await untilAvailable(reads, image, signal);
  return { platformId: image, platformRequestId: requestId };
}

const statusAnswer = z.object({ status: z.string() });

async function untilAvailable(client: LinkedInClient, image: string, signal: AbortSignal | undefined): Promise<void> {
  for (let look = 1; look <= looks; look += 1) {
    const question = { path: `images/${encodeURIComponent(image)}`, resource: 'images', parameters: {}, signal };
    const { status } = await client.ask(question, statusAnswer);
    if (status === 'AVAILABLE') return;
    if (status === 'PROCESSING_FAILED') {
      throw platformError('rejected', status, 'url: LinkedIn could not work with the image', nowhere);
    }
    await new Promise((resolve) => setTimeout(resolve, pauseMs));
    signal?.throwIfAborted();
  }
  throw platformError('unavailable', 'IMAGE_NOT_READY', 'the image is still being worked through', nowhere);
}

const nowhere = { version: '', now: 0, secrets: [] };
