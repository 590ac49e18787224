import type { Account } from '../../market/world.ts';
import { refusal } from '../error.ts';
import type { Uploads } from '../resources/images.ts';
import { imageUrn } from '../resources/images.ts';
import { accountUrn, type View } from '../resources/subject.ts';
import type { Asked } from '../wire.ts';
import {
  createCampaign,
  createGroup,
  createInlineCreative,
  type Prepared,
  updateCampaign,
  updateCreative,
  updateGroup,
  type Writing,
} from './entities.ts';
import { Fields } from './fields.ts';

/** What a write is beside its body. */
export interface WritePlace {
  readonly view: View;
  readonly seed: number;
  readonly uploads: Uploads;
  /** Where uploads are put: scheme, host and port. */
  readonly base: string;
}

export interface WriteRoute {
  readonly path: RegExp;
  /** Rest.li method or action that a POST to the path stands for. */
  readonly means: string;
  /** What LinkedIn counts its allowance by. */
  readonly operation: string;
  readonly kind: string;
  prepare(place: WritePlace, accountOf: (id: string) => Account, keys: readonly string[], body: string): Prepared;
}

const below = (
  resource: string,
  key: string,
  means: string,
  kind: string,
  write: (writing: Writing) => Prepared,
): WriteRoute => ({
  path: new RegExp(`^/rest/adAccounts/(\\d+)/${resource}${key}$`),
  means,
  operation: resource,
  kind,
  prepare: ({ view }, accountOf, [accountId = '', id = ''], body) =>
    write({ view, account: accountOf(accountId), fields: Fields.parse(body), key: id }),
});

const one = '/([^/]+)';
export const writeRoutes: readonly WriteRoute[] = [
  below('adCampaignGroups', '', 'CREATE', 'create', createGroup),
  below('adCampaignGroups', one, 'PARTIAL_UPDATE', 'update', updateGroup),
  below('adCampaigns', '', 'CREATE', 'create', createCampaign),
  below('adCampaigns', one, 'PARTIAL_UPDATE', 'update', updateCampaign),
  below('creatives', '', 'createInline', 'create', createInlineCreative),
  below('creatives', one, 'PARTIAL_UPDATE', 'update', updateCreative),
  {
    path: /^\/rest\/images$/,
    means: 'initializeUpload',
    operation: 'images',
    kind: 'initialize-upload',
    prepare: initializeUpload,
  },
];

/** What a POST stands for: an action, a Rest.li method, or a creation. */
export function meaningOf(asked: Asked): string {
  const action = /(?:^|&)action=([A-Za-z]+)(?:&|$)/.exec(asked.query)?.[1];
  return action ?? asked.headers('x-restli-method') ?? 'CREATE';
}

export function writeRouteOf(
  asked: Asked,
): { readonly route: WriteRoute; readonly keys: readonly string[] } | undefined {
  if (asked.method !== 'POST') return undefined;
  const means = meaningOf(asked);
  for (const route of writeRoutes) {
    const match = route.path.exec(asked.path);
    if (match !== null && route.means === means) return { route, keys: match.slice(1) };
  }
  return undefined;
}

const longestName = 255;

/** A place in the account's media library; the image is there once its bytes are. */
function initializeUpload(
  { view, seed, uploads, base }: WritePlace,
  accountOf: (id: string) => Account,
  _keys: readonly string[],
  body: string,
): Prepared {
  const whole = Fields.parse(body);
  const fields = whole.requiredWithin('initializeUploadRequest');
  const account = accountOf(fields.requiredUrn('owner', 'sponsoredAccount'));
  const library = fields.requiredWithin('mediaLibraryMetadata');
  if (library.required('associatedAccount') !== accountUrn(account))
    throw library.invalid('associatedAccount', 'is not the owner');
  const name = library.requiredWords('assetName', longestName);
  whole.done();
  return {
    act: () => {
      const mediaId = view.market.newId('linkedin-ads', 'media');
      const token = uploads.open(seed, account.id, mediaId, name);
      const value = {
        image: imageUrn(mediaId),
        uploadUrl: `${base}/dms-uploads/${token}/uploaded-image/0`,
        uploadUrlExpiresAt: view.nowMs + 86_400_000,
      };
      return { status: 200, body: { value }, objectIds: [] };
    },
  };
}

const beginnings: readonly (readonly [string, (bytes: Buffer) => boolean])[] = [
  ['image/jpeg', (bytes) => bytes[0] === 0xff && bytes[1] === 0xd8],
  ['image/png', (bytes) => bytes.subarray(1, 4).toString('latin1') === 'PNG'],
  ['image/gif', (bytes) => bytes.subarray(0, 4).toString('latin1') === 'GIF8'],
];

/** Told from the first bytes, whatever the content type says. */
export function checkImage(bytes: Buffer): void {
  if (!beginnings.some(([, begins]) => begins(bytes)))
    throw refusal(400, 'BAD_REQUEST', 'The uploaded file is not a JPG, PNG or GIF image.');
}
