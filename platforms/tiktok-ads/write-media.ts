import { createHash } from 'node:crypto';
import * as z from 'zod/mini';
import type { PlatformOperationOf, Written } from '../../domain/integrations/platform-writer.ts';
import type { TikTokClient } from './client.ts';
import { unreadableAnswer } from './errors.ts';
import type { TikTokWriteClient } from './write-client.ts';

type Upload = PlatformOperationOf<'upload-asset'>;

const image = z.object({ image_id: z.string() });
/** A video is answered as a list of one. */
const video = z.array(z.object({ video_id: z.string() })).check(z.minLength(1));
const library = z.object({
  list: z.array(
    z.object({
      image_id: z.optional(z.nullable(z.string())),
      video_id: z.optional(z.nullable(z.string())),
      signature: z.optional(z.nullable(z.string())),
    }),
  ),
  page_info: z.object({ page: z.number(), total_page: z.number() }),
});

/** TikTok knows files by MD5: it checks uploads with it and lists it as `signature`. */
const signatureOf = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex');

/** The newest files are looked through, thousands of them; an older one is uploaded again, which costs nothing. */
const mostPages = 20;
const pageSize = 100;

/** The same bytes in the library. */
export async function uploadedBefore(
  client: TikTokClient,
  advertiserId: string,
  { kind, bytes }: Upload,
  signal: AbortSignal | undefined,
): Promise<Written | undefined> {
  const signature = signatureOf(bytes);
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await client.ask(
      {
        operation: `file/${kind}/ad/search`,
        parameters: { advertiser_id: advertiserId, page, page_size: pageSize },
        advertiserId,
        signal,
      },
      library,
    );
    const found = data.list.find((one) => one.signature === signature);
    const id = kind === 'image' ? found?.image_id : found?.video_id;
    if (id !== undefined && id !== null) return { platformId: id, platformRequestId: null };
    if (page >= data.page_info.total_page) return undefined;
  }
  return undefined;
}

export async function upload(
  client: TikTokWriteClient,
  advertiserId: string,
  { kind, name, bytes, contentType }: Upload,
  signal: AbortSignal | undefined,
): Promise<Written> {
  const body = new FormData();
  body.set('advertiser_id', advertiserId);
  body.set('upload_type', 'UPLOAD_BY_FILE');
  body.set('file_name', name);
  body.set(`${kind}_signature`, signatureOf(bytes));
  body.set(`${kind}_file`, new Blob([new Uint8Array(bytes)], { type: contentType }), name);
  const command = { operation: `file/${kind}/ad/upload`, advertiserId, body, signal };
  if (kind === 'image') {
    const { data, requestId } = await client.send(command, image);
    return { platformId: data.image_id, platformRequestId: requestId ?? null };
  }
  const { data, requestId } = await client.send(command, video);
  const platformId = data[0]?.video_id;
  if (platformId === undefined) throw unreadableAnswer('file/video/ad/upload names no video', { secrets: [] });
  return { platformId, platformRequestId: requestId ?? null };
}
