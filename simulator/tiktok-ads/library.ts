import { hashText } from '../market/random.ts';
import type { Account, Ad, Media } from '../market/world.ts';
import { createTime, imageId, videoId } from './entities.ts';

export type LibraryKind = 'image' | 'video';

/** A film or picture of an account, whether it was uploaded or is an ad's since before history began. */
export interface LibraryFile {
  readonly kind: LibraryKind;
  readonly mediaId: string;
  readonly fileName: string;
  readonly format: string;
  readonly signature: string;
  readonly size: number;
  readonly createTime: string;
}

const hosts = 'https://media.strider.example';

/** Every file of a kind once, the newest first. */
export function libraryOf(account: Account, kind: LibraryKind): readonly LibraryFile[] {
  const uploaded = (account.media ?? []).filter((one) => one.kind === kind).map(uploadedFile);
  const own = new Map<string, LibraryFile>();
  const known = new Set(uploaded.map(({ mediaId }) => mediaId));
  for (const campaign of account.campaigns) {
    for (const { ads } of campaign.adGroups) {
      for (const ad of ads) {
        const { mediaId } = ad;
        if (ad.format === kind && mediaId !== undefined && !known.has(mediaId))
          own.set(mediaId, firstFile(ad, mediaId, kind));
      }
    }
  }
  return [...uploaded.reverse(), ...own.values()];
}

export const uploadedFile = (media: Media): LibraryFile => ({
  kind: media.kind,
  mediaId: media.id,
  fileName: media.name,
  format: String(media.own?.['format'] ?? 'unknown'),
  signature: String(media.own?.['signature'] ?? ''),
  size: media.bytes,
  createTime: new Date(media.createdAt).toISOString().slice(0, 19).replace('T', ' '),
});

function firstFile(ad: Ad, mediaId: string, kind: LibraryKind): LibraryFile {
  const name = ad.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
  const hash = hashText(kind === 'video' ? videoId(mediaId) : imageId(mediaId));
  return {
    kind,
    mediaId,
    fileName: `${name}.${kind === 'video' ? 'mp4' : 'jpg'}`,
    format: kind === 'video' ? 'mp4' : 'jpeg',
    signature: hashText(mediaId).toString(16).padStart(8, '0').repeat(4),
    size: kind === 'video' ? 2_000_000 + (hash % 8_000_000) : 120_000 + (hash % 400_000),
    createTime: createTime(mediaId),
  };
}

export function describeMedia(file: LibraryFile): Record<string, unknown> {
  const common = {
    file_name: file.fileName,
    format: file.format,
    material_id: file.mediaId,
    signature: file.signature,
    displayable: true,
    size: file.size,
    create_time: file.createTime,
    modify_time: file.createTime,
  };
  if (file.kind === 'image') {
    const image_url = `${hosts}/images/${file.mediaId}.jpg`;
    return { ...common, image_id: imageId(file.mediaId), width: 1200, height: 628, image_url };
  }
  const video_id = videoId(file.mediaId);
  const hash = hashText(video_id);
  return {
    ...common,
    video_id,
    duration: 6 + (hash % 25) + 0.5,
    ...{ width: 1080, height: 1920, bit_rate: 1_200_000 + (hash % 900_000) },
    preview_url: `${hosts}/videos/${file.mediaId}.mp4`,
    video_cover_url: `${hosts}/videos/${file.mediaId}.jpg`,
  };
}

export const mediaIdOfImage = (account: Account, id: string): string | undefined =>
  libraryOf(account, 'image').find((file) => imageId(file.mediaId) === id)?.mediaId;
export const mediaIdOfVideo = (account: Account, id: string): string | undefined =>
  libraryOf(account, 'video').find((file) => videoId(file.mediaId) === id)?.mediaId;
