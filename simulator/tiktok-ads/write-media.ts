import { createHash } from 'node:crypto';
import type { Media } from '../market/world.ts';
import { advertiser } from './advertisers.ts';
import { badParameter, Refusal } from './codes.ts';
import { describeMedia, type LibraryKind, libraryOf, uploadedFile } from './library.ts';
import type { Parameters } from './parameters.ts';
import type { Prepared, Writing } from './write-operations.ts';
import { checkText } from './write-values.ts';

interface Format {
  readonly name: string;
  readonly begins: (bytes: Buffer) => boolean;
}
const text = (bytes: Buffer, from: number, to: number) => bytes.subarray(from, to).toString('latin1');
/** Told from the first bytes, as TikTok does: a name and a content type are what somebody said. */
const formats: Readonly<Record<LibraryKind, readonly Format[]>> = {
  image: [
    { name: 'jpeg', begins: (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8 },
    { name: 'png', begins: (bytes) => text(bytes, 1, 4) === 'PNG' },
  ],
  video: [
    { name: 'mp4', begins: (bytes) => text(bytes, 4, 8) === 'ftyp' },
    { name: 'avi', begins: (bytes) => text(bytes, 0, 4) === 'RIFF' && text(bytes, 8, 11) === 'AVI' },
    { name: 'mpeg', begins: (bytes) => text(bytes, 0, 4) === '\0\0\x01\xba' },
  ],
};

/** Prepared like every write; the same video uploaded twice is two videos, as TikTok says of itself. */
export function uploadMedia(
  { market, nowMs }: Writing,
  kind: LibraryKind,
  parameters: Parameters,
  bytes: Buffer,
): Prepared {
  const account = advertiser(market.world, parameters.required('advertiser_id'));
  parameters.oneOf('upload_type', ['UPLOAD_BY_FILE'], 'UPLOAD_BY_FILE');
  const file = parameters.file(`${kind}_file`);
  const name = parameters.text('file_name') ?? file.name;
  checkText('file_name', name, 100);
  const signature = parameters.required(`${kind}_signature`);
  if (bytes.length === 0) throw new Refusal('fileEmpty', 'The file is empty.');
  if (createHash('md5').update(bytes).digest('hex') !== signature)
    throw new Refusal('signature', `${kind}_signature: The signature does not match the file.`);
  const format = formats[kind].find(({ begins }) => begins(bytes));
  if (format === undefined) throw new Refusal('fileType', `The file is no ${kind} of a supported format.`);
  if (libraryOf(account, kind).some((one) => one.fileName === name))
    throw new Refusal('duplicatedName', `Duplicated material name: ${name}`);
  if (name.includes('/')) throw badParameter('file_name', 'Must not contain a slash.');
  return {
    act: () => {
      const media: Omit<Media, 'createdAt'> = {
        id: market.newId('tiktok-ads', 'media'),
        kind,
        name,
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
        own: { signature, format: format.name },
      };
      market.edit([{ do: 'add-media', accountId: account.id, media }], nowMs);
      const described = describeMedia(uploadedFile({ ...media, createdAt: nowMs }));
      const id = String(described[`${kind}_id`]);
      return { data: kind === 'video' ? [described] : described, objectIds: [id] };
    },
  };
}
