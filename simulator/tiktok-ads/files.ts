import type { Account } from '../market/world.ts';
import { Refusal } from './codes.ts';
import { imageId, videoId } from './entities.ts';
import { describeMedia, type LibraryKind, libraryOf } from './library.ts';

const idOf: Readonly<Record<LibraryKind, (mediaId: string) => string>> = { image: imageId, video: videoId };
const most: Readonly<Record<LibraryKind, number>> = { image: 100, video: 60 };

/** Ids that the account does not have are left out of the answer. */
export function describeFiles(account: Account, kind: LibraryKind, ids: readonly string[]) {
  if (ids.length > most[kind]) throw new Refusal('tooLarge', `${kind}_ids: At most ${most[kind]} ids are allowed.`);
  const known = new Map(libraryOf(account, kind).map((file) => [idOf[kind](file.mediaId), file]));
  return ids.flatMap((id) => {
    const file = known.get(id);
    return file === undefined ? [] : [describeMedia(file)];
  });
}
