import { hashText } from '../market/random.ts';
import type { Account, Ad } from '../market/world.ts';
import { Refusal } from './codes.ts';
import { createTime, imageId, videoId } from './entities.ts';

/** The account's library: every film and picture an ad uses, once. */
function media(account: Account, format: Ad['format']): ReadonlyMap<string, Ad> {
  const found = new Map<string, Ad>();
  for (const campaign of account.campaigns) {
    for (const { ads } of campaign.adGroups) {
      for (const ad of ads) if (ad.format === format && ad.mediaId !== undefined) found.set(ad.mediaId, ad);
    }
  }
  return found;
}

/** Ids that the account does not have are left out of the answer. */
export function describeVideos(account: Account, ids: readonly string[]) {
  if (ids.length > 60) throw new Refusal('tooLarge', 'video_ids: At most 60 ids are allowed.');
  const known = new Map([...media(account, 'video')].map(([id, ad]) => [videoId(id), { id, ad }]));
  return ids.flatMap((video_id) => {
    const found = known.get(video_id);
    if (found === undefined) return [];
    const hash = hashText(video_id);
    return [
      {
        ...file(found.ad, found.id, 'mp4'),
        video_id,
        duration: 6 + (hash % 25) + 0.5,
        ...{ width: 1080, height: 1920, bit_rate: 1_200_000 + (hash % 900_000), size: 2_000_000 + (hash % 8_000_000) },
        preview_url: `https://media.strider.example/videos/${found.id}.mp4`,
        video_cover_url: `https://media.strider.example/videos/${found.id}.jpg`,
      },
    ];
  });
}

export function describeImages(account: Account, ids: readonly string[]) {
  if (ids.length > 100) throw new Refusal('tooLarge', 'image_ids: At most 100 ids are allowed.');
  const known = new Map([...media(account, 'image')].map(([id, ad]) => [imageId(id), { id, ad }]));
  return ids.flatMap((image_id) => {
    const found = known.get(image_id);
    if (found === undefined) return [];
    return [
      {
        ...file(found.ad, found.id, 'jpeg'),
        image_id,
        ...{ width: 1200, height: 628, size: 120_000 + (hashText(image_id) % 400_000) },
        image_url: `https://media.strider.example/images/${found.id}.jpg`,
      },
    ];
  });
}

function file(ad: Ad, id: string, format: string) {
  return {
    file_name: `${ad.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}.${format === 'jpeg' ? 'jpg' : format}`,
    format,
    material_id: id,
    signature: hashText(id).toString(16).padStart(8, '0').repeat(4),
    displayable: true,
    create_time: createTime(id),
    modify_time: createTime(id),
  };
}
