/** What one upload takes, in bytes; the API says the same. */
const mostBytes = 700 * 1024;
/** No picture of an ad shows a photo or a logo larger. */
const longestSide = 1_600;

/** Bytes turned into text at once: more arguments than this a call does not take. */
const slice = 32_768;

/** The scale at which a picture has no side longer than what is drawn; 1 for a small one. */
export const scaleFor = (width: number, height: number): number => Math.min(1, longestSide / Math.max(width, height));

/**
 * A picture as Base64, small enough to be sent: as it is where it is small, else drawn anew. Something to be seen through stays so as
 * long as it is small enough. Throws with a sentence for the person when the browser cannot read it.
 */
export async function smallPicture(file: File): Promise<string> {
  if (file.size <= mostBytes) return base64(new Uint8Array(await file.arrayBuffer()));
  const picture = await createImageBitmap(file).catch(() => {
    throw new Error(`${file.name} is no picture that can be read. Save it as JPEG, PNG or WebP and choose it again.`);
  });
  const scale = scaleFor(picture.width, picture.height);
  const canvas = new OffscreenCanvas(Math.round(picture.width * scale), Math.round(picture.height * scale));
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const ways = [
    ...(file.type === 'image/jpeg' ? [] : [{ type: 'image/png' }]),
    ...[0.9, 0.8, 0.65].map((quality) => ({ type: 'image/jpeg', quality })),
  ];
  for (const way of ways) {
    const blob = await canvas.convertToBlob(way);
    if (blob.size <= mostBytes) return base64(new Uint8Array(await blob.arrayBuffer()));
  }
  throw new Error(`${file.name} stays too large however it is saved. Make it smaller and choose it again.`);
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += slice) text += String.fromCharCode(...bytes.subarray(at, at + slice));
  return btoa(text);
}
