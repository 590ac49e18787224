import { createHash } from 'node:crypto';
import { builtInImageModel } from '../../../adapters/images/built-in-image-model.ts';
import { makeImage } from '../../../adapters/images/image-maker.ts';
import { createKeptSigner, makeKey } from '../../../adapters/images/kept-signer.ts';
import { readPhoto } from '../../../adapters/images/read-photo.ts';

/** What a function that makes pictures does, as small as can be. */
export async function handler(event: { readonly photo: string; readonly now: number }) {
  const shot = await readPhoto(new Uint8Array(Buffer.from(event.photo, 'base64')), { cut: true });
  if (shot.kind === 'refused') return shot;
  const signer = createKeptSigner(await makeKey('Conext', event.now));
  const made = await makeImage(
    { model: builtInImageModel, signer, now: event.now },
    {
      size: '336x280',
      texts: { headline: 'Łódź, Αθήνα, София', offer: null, callToAction: 'Go', legal: null, businessName: 'Hydra' },
      brand: { colours: { primary: '#27465c' }, fonts: { heading: 'lora', body: 'inter' } },
      product: { name: 'Hydra', description: '', category: 'kitchenware' },
      photo: shot.photo,
      logo: null,
      seed: 5,
    },
  );
  if (made.kind === 'refused') return { kind: made.kind, reason: made.findings[0]?.message };
  const { kind, contrast, upload, credentials } = made;
  return {
    kind,
    contrast,
    mediaType: upload.mediaType,
    bytes: upload.bytes.length,
    source: credentials.digitalSourceType,
    svg: createHash('sha256').update(made.svg).digest('hex'),
  };
}
