import { createHash } from 'node:crypto';
import { checkMask } from './campaigns.ts';
import { type Draft, removed } from './draft.ts';
import {
  listAt,
  nameOf,
  type Operation,
  onlyKnown,
  partAt,
  refusal,
  required,
  statusAt,
  textAt,
  unmodelled,
} from './operation.ts';
import { checkText, checkUrl } from './text-width.ts';

const mostImageBytes = 5_242_880;

export function mutateAsset(draft: Draft, operation: Operation): string {
  if (operation.verb !== 'create') throw unmodelled(`${operation.verb} of assets`);
  onlyKnown(operation, ['name', 'type', 'text_asset', 'image_asset']);
  const text = partAt(operation.resource, 'text_asset');
  const image = partAt(operation.resource, 'image_asset');
  const id = draft.newId('media');
  draft.remember(operation, 'assets', id);
  if (text !== undefined) {
    const its = textAt(text, 'text');
    if (its === undefined) throw required(operation, 'text_asset.text');
    draft.texts.set(id, its);
    return draft.name('assets', id);
  }
  const data = image?.['data'];
  if (!(data instanceof Uint8Array) || data.length === 0)
    throw refusal(operation, 'asset_error', 'ASSET_DATA_IS_MISSING', 'The asset data is missing.', 'image_asset.data');
  const name = textAt(operation.resource, 'name');
  if (name === undefined)
    throw refusal(
      operation,
      'asset_error',
      'NAME_REQUIRED_FOR_ASSET_TYPE',
      'The name is required for this asset type.',
      'name',
    );
  const { account } = draft.world;
  const taken =
    account.media?.some((one) => one.name === name) ||
    draft.edits.some((edit) => edit.do === 'add-media' && edit.media.name === name);
  if (taken)
    throw refusal(
      operation,
      'asset_error',
      'DUPLICATE_ASSET_NAME',
      'The asset name is already used by another asset.',
      'name',
    );
  if (data.length > mostImageBytes)
    throw refusal(operation, 'image_error', 'FILE_TOO_LARGE', 'The file is too large.', 'image_asset.data');
  const mimeType = mimeTypeOf(data);
  if (mimeType === undefined)
    throw refusal(operation, 'image_error', 'INVALID_IMAGE', 'The image is not valid.', 'image_asset.data');
  draft.edits.push({
    do: 'add-media',
    accountId: account.id,
    media: {
      id,
      kind: 'image',
      name,
      sha256: createHash('sha256').update(data).digest('hex'),
      bytes: data.length,
      own: { mimeType, ...pngSize(data) },
    },
  });
  return draft.name('assets', id);
}

const beginnings: readonly (readonly [string, string])[] = [
  ['89504e470d0a1a0a', 'IMAGE_PNG'],
  ['ffd8ff', 'IMAGE_JPEG'],
  ['474946383761', 'IMAGE_GIF'],
  ['474946383961', 'IMAGE_GIF'],
];

function mimeTypeOf(data: Uint8Array): string | undefined {
  const head = Buffer.from(data.subarray(0, 8)).toString('hex');
  return beginnings.find(([beginning]) => head.startsWith(beginning))?.[1];
}

/** Width and height stand at fixed places in a PNG; of other images the simulator knows none and checks none. */
function pngSize(data: Uint8Array): { width?: number; height?: number } {
  const bytes = Buffer.from(data);
  if (mimeTypeOf(data) !== 'IMAGE_PNG' || bytes.length < 24) return {};
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

export function mutateAssetGroup(draft: Draft, operation: Operation): string {
  if (operation.verb !== 'create') return changeAssetGroup(draft, operation);
  onlyKnown(operation, ['campaign', 'name', 'final_urls', 'status']);
  const { resource } = operation;
  const campaignId = draft.idIn(operation, resource['campaign'], 'campaigns', 'campaign');
  const campaign = draft.campaign(operation, campaignId, 'campaign');
  if (campaign.channel !== 'performance-max')
    throw refusal(
      operation,
      'asset_group_error',
      'CANNOT_ADD_ASSET_GROUP_FOR_CAMPAIGN_TYPE',
      'Cannot add asset groups to campaigns of this type.',
      'campaign',
    );
  const name = nameOf(operation);
  const [url] = listAt(resource, 'final_urls');
  if (url === undefined)
    throw refusal(operation, 'asset_group_error', 'FINAL_URL_REQUIRED', 'A final URL is required.', 'final_urls');
  const id = draft.newId('asset-group');
  draft.remember(operation, 'assetGroups', id);
  if (!draft.takeName('asset-group', campaignId, name, id)) throw duplicateName(operation);
  draft.assetGroups.set(id, {
    operation,
    edit: campaignId,
    id,
    name,
    status: statusAt(operation, 'enabled'),
    finalUrl: checkUrl(operation, url, 'final_urls[0]'),
    links: [],
  });
  return draft.name('assetGroups', id);
}

const duplicateName = (operation: Operation) =>
  refusal(
    operation,
    'asset_group_error',
    'DUPLICATE_NAME',
    'Each asset group in a campaign must have a unique name.',
    'name',
  );

function changeAssetGroup(draft: Draft, operation: Operation): string {
  const id = draft.idIn(operation, operation.resourceName, 'assetGroups', 'resource_name');
  const group = draft.present(id);
  if (group?.kind !== 'asset-group') throw draft.notFound(operation);
  if (group.settings.status === 'removed') throw removed(operation);
  draft.campaign(operation, group.campaignId);
  if (operation.verb === 'remove') {
    draft.edits.push({ do: 'set', objectId: id, set: { status: 'removed' } });
    return draft.name('assetGroups', id);
  }
  checkMask(operation);
  onlyKnown(operation, ['name', 'status']);
  if (operation.mask.includes('status'))
    draft.edits.push({ do: 'set', objectId: id, set: { status: statusAt(operation, 'enabled') } });
  if (operation.mask.includes('name')) {
    const name = nameOf(operation);
    if (!draft.takeName('asset-group', group.campaignId, name, id)) throw duplicateName(operation);
    draft.edits.push({ do: 'set', objectId: id, name });
  }
  return draft.name('assetGroups', id);
}

/** What may be linked, how much of it an asset group needs, and what a picture must look like (width by height). */
const slots: Readonly<
  Record<string, { readonly least: number; readonly longest?: number; readonly ratio?: number; readonly code: string }>
> = {
  HEADLINE: { least: 3, longest: 30, code: 'NOT_ENOUGH_HEADLINE_ASSET' },
  LONG_HEADLINE: { least: 1, longest: 90, code: 'NOT_ENOUGH_LONG_HEADLINE_ASSET' },
  DESCRIPTION: { least: 2, longest: 90, code: 'NOT_ENOUGH_DESCRIPTION_ASSET' },
  BUSINESS_NAME: { least: 1, longest: 25, code: 'NOT_ENOUGH_BUSINESS_NAME_ASSET' },
  MARKETING_IMAGE: { least: 1, ratio: 1.91, code: 'NOT_ENOUGH_MARKETING_IMAGE_ASSET' },
  SQUARE_MARKETING_IMAGE: { least: 1, ratio: 1, code: 'NOT_ENOUGH_SQUARE_MARKETING_IMAGE_ASSET' },
  LOGO: { least: 1, ratio: 1, code: 'NOT_ENOUGH_LOGO_ASSET' },
};

export function mutateAssetGroupAsset(draft: Draft, operation: Operation): string {
  if (operation.verb !== 'create') throw unmodelled(`${operation.verb} of asset group assets`);
  onlyKnown(operation, ['asset_group', 'asset', 'field_type']);
  const { resource } = operation;
  const groupId = draft.idIn(operation, resource['asset_group'], 'assetGroups', 'asset_group');
  const assetId = draft.idIn(operation, resource['asset'], 'assets', 'asset');
  const fieldType = textAt(resource, 'field_type') ?? 'UNSPECIFIED';
  const group = draft.assetGroups.get(groupId);
  if (group === undefined) throw unmodelled('links of assets to an asset group that is there already');
  const slot = slots[fieldType];
  if (slot === undefined) throw unmodelled(`assets as ${fieldType}`);
  const text = draft.texts.get(assetId);
  const image = draft.world.account.media?.find((one) => one.id === assetId);
  if (text === undefined && image === undefined) throw draft.notFound(operation, 'asset');
  if ((text === undefined) !== (slot.longest === undefined))
    throw refusal(
      operation,
      'asset_link_error',
      'FIELD_TYPE_INCOMPATIBLE_WITH_ASSET_TYPE',
      'The field type is incompatible with the asset type.',
      'field_type',
    );
  if (text !== undefined && slot.longest !== undefined)
    checkText(operation, text, { longest: slot.longest, field: 'asset' });
  const { width, height } = (image?.own ?? {}) as { readonly width?: number; readonly height?: number };
  if (slot.ratio !== undefined && width !== undefined && height !== undefined) {
    if (Math.abs(width / height / slot.ratio - 1) > 0.01)
      throw refusal(
        operation,
        'image_error',
        'ASPECT_RATIO_NOT_ALLOWED',
        'The aspect ratio of the image is not allowed.',
        'asset',
      );
  }
  group.links.push({ fieldType, assetId });
  return draft.name('assetGroupAssets', `${groupId}~${assetId}~${fieldType}`);
}

/** Asset groups are taken only complete; checked when the whole request has been read. */
export function completeAssetGroups(draft: Draft): void {
  for (const { operation, edit, id, name, status, finalUrl, links } of draft.assetGroups.values()) {
    const of = (...types: readonly string[]) => links.filter(({ fieldType }) => types.includes(fieldType));
    for (const [fieldType, { least, code }] of Object.entries(slots))
      if (of(fieldType).length < least)
        throw refusal(operation, 'asset_group_error', code, `The asset group needs at least ${least} of ${fieldType}.`);
    const texts = (...types: readonly string[]) => of(...types).map(({ assetId }) => draft.texts.get(assetId) ?? '');
    draft.edits.push({
      do: 'add-asset-group',
      campaignId: edit,
      assetGroup: {
        id,
        name,
        settings: { status },
        headlines: texts('HEADLINE', 'LONG_HEADLINE'),
        descriptions: texts('DESCRIPTION'),
        mediaIds: of('MARKETING_IMAGE', 'SQUARE_MARKETING_IMAGE', 'LOGO').map(({ assetId }) => assetId),
        finalUrl,
        own: { businessName: texts('BUSINESS_NAME')[0] },
      },
    });
  }
}
