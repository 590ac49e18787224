import { uploadedAssetKey } from '../../domain/generation/pipeline/generation-layout.ts';
import { type Photo, readPhoto } from '../images/read-photo.ts';
import type { Lake } from '../lake.ts';

export interface Uploaded {
  readonly logo: Photo | null;
  /** In the order in which the brief names them. */
  readonly photos: readonly Photo[];
  /** What could not be used, in words. */
  readonly notes: readonly string[];
}

/** The logo and photos that a run draws with. One that was deleted or cannot be read is told and left out: the ads are made without it. */
export async function uploadedPictures(
  lake: Pick<Lake, 'get'>,
  workspaceId: string,
  asked: { readonly logo: string | undefined; readonly photos: readonly string[] },
): Promise<Uploaded> {
  const notes: string[] = [];
  const read = async (id: string, what: string, cut: boolean): Promise<Photo | null> => {
    const bytes = await lake.get(uploadedAssetKey(workspaceId, id));
    const outcome = bytes && (await readPhoto(bytes, { cut }));
    if (outcome?.kind === 'read') return outcome.photo;
    notes.push(`${what} ${id} ${outcome === undefined ? 'is not there any more' : outcome.reason}`);
    return null;
  };
  const logo = asked.logo === undefined ? null : await read(asked.logo, 'The logo', false);
  const photos: Photo[] = [];
  for (const id of asked.photos) {
    const photo = await read(id, 'The photo', true);
    if (photo !== null) photos.push(photo);
  }
  return { logo, photos, notes };
}
