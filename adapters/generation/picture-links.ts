import type { CreativeRecord } from '../../contracts/schemas/creatives.ts';
import { generatedAssetKey } from '../../domain/generation/pipeline/generation-layout.ts';
import type { Config } from '../config.ts';
import { createSigner } from '../signed-fetch.ts';

/** Longer than anybody looks at a gallery without reading it again; shorter than a Lambda's credentials hold. */
const seconds = 3_600;

/** An address of an object of the lake that opens for an hour after `at`, epoch milliseconds; the same for the same `at`. */
export function createObjectLinks(config: Config<'lake' | 'aws' | 'credentials'>) {
  const { aws, lake } = config;
  const signer = createSigner(config, 's3');
  const endpoint = aws.s3Endpoint ?? aws.endpoint;
  const base = endpoint
    ? `${endpoint.replace(/\/$/, '')}/${lake.bucket}`
    : `https://${lake.bucket}.s3.${aws.region}.amazonaws.com`;

  return async (key: string, at: number): Promise<string> => {
    const url = new URL(`${base}/${key.split('/').map(encodeURIComponent).join('/')}`);
    const { protocol, hostname, host, pathname } = url;
    const signed = await signer.presign(
      { method: 'GET', protocol, hostname, path: pathname, headers: { host } },
      { expiresIn: seconds, signingDate: new Date(at) },
    );
    for (const [name, value] of Object.entries(signed.query ?? {})) url.searchParams.set(name, String(value));
    return url.href;
  };
}

/** The same for all pictures of a creative. */
export function createPictureLinks(config: Config<'lake' | 'aws' | 'credentials'>) {
  const linkTo = createObjectLinks(config);
  return async (workspaceId: string, creative: CreativeRecord, at: number): Promise<CreativeRecord> => ({
    ...creative,
    images: await Promise.all(
      creative.images.map(async (image) => ({
        ...image,
        url: await linkTo(generatedAssetKey(workspaceId, image.assetId), at),
      })),
    ),
  });
}
