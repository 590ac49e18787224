import type { NewAd } from '../market/edits.ts';
import type { Account } from '../market/world.ts';
import { advertiser } from './advertisers.ts';
import { badParameter } from './codes.ts';
import { notDeleted } from './found.ts';
import { identitiesOf } from './identities.ts';
import { mediaIdOfImage, mediaIdOfVideo } from './library.ts';
import { Parameters } from './parameters.ts';
import type { Prepared, Writing } from './write-operations.ts';
import { checkText, marketStatus, operationStatuses, shortText } from './write-values.ts';

const longestName = 512;
const mostCreatives = 20;
const callsToAction = [
  ...['APPLY_NOW', 'BOOK_NOW', 'CALL_NOW', 'CONTACT_US', 'DOWNLOAD_NOW', 'EXPERIENCE_NOW', 'GET_QUOTE'],
  ...['GET_SHOWTIMES', 'GET_TICKETS_NOW', 'INSTALL_NOW', 'INTERESTED', 'LEARN_MORE', 'LISTEN_NOW', 'ORDER_NOW'],
  ...['PLAY_GAME', 'PREORDER_NOW', 'READ_MORE', 'SEND_MESSAGE', 'SHOP_NOW', 'SIGN_UP', 'SUBSCRIBE', 'VIEW_NOW'],
  ...['VISIT_STORE', 'WATCH_NOW'],
];

export function createAds({ market, nowMs }: Writing, parameters: Parameters): Prepared {
  const account = advertiser(market.world, parameters.required('advertiser_id'));
  const group = notDeleted(market, account, 'adgroup', parameters.required('adgroup_id'), nowMs);
  const adGroupId = group.adGroup?.id ?? '';
  const ads = creativesOf(parameters).map((creative) => readCreative(creative, account));
  return {
    act: () => {
      const made = ads.map((ad) => ({ ...ad, id: market.newId('tiktok-ads', 'ad') }));
      market.edit(
        made.map((ad) => ({ do: 'add-ad', adGroupId, ad })),
        nowMs,
      );
      const ids = made.map(({ id }) => id);
      const creatives = made.map(({ id, name }) => ({ ad_id: id, ad_name: name }));
      return { data: { ad_ids: ids, creatives, need_audit: true }, objectIds: ids };
    },
  };
}

/** Names alone: a change of what is shown is another ad, and would be reviewed again. */
export function updateAds({ market, nowMs }: Writing, parameters: Parameters): Prepared {
  const account = advertiser(market.world, parameters.required('advertiser_id'));
  const adGroupId = parameters.required('adgroup_id');
  notDeleted(market, account, 'adgroup', adGroupId, nowMs);
  if (!parameters.flag('patch_update', false))
    throw badParameter('patch_update', 'The simulator models patch updates alone.');
  const named = creativesOf(parameters).map((creative) => {
    const subject = notDeleted(market, account, 'ad', creative.required('ad_id'), nowMs);
    if (subject.adGroup?.id !== adGroupId) throw badParameter('ad_id', 'The ad is not in the ad group.');
    const name = shortText(creative, 'ad_name', longestName);
    creative.done();
    return { id: subject.ad?.id ?? '', name };
  });
  return {
    act: () => {
      market.edit(
        named.map(({ id, name }) => ({ do: 'set', objectId: id, name })),
        nowMs,
      );
      const ids = named.map(({ id }) => id);
      const creatives = named.map(({ id, name }) => ({ ad_id: id, ad_name: name }));
      return { data: { ad_ids: ids, creatives, need_audit: false }, objectIds: ids };
    },
  };
}

function creativesOf(parameters: Parameters): readonly Parameters[] {
  const creatives = parameters.objects('creatives');
  if (creatives.length === 0) throw badParameter('creatives', 'Missing data for required field.');
  if (creatives.length > mostCreatives) throw badParameter('creatives', `At most ${mostCreatives} are allowed.`);
  return creatives.map((creative) => new Parameters(Object.entries(creative), false));
}

function readCreative(creative: Parameters, account: Account): Omit<NewAd, 'id'> {
  const name = shortText(creative, 'ad_name', longestName);
  const identity = readIdentity(creative, account);
  const format = creative.oneOf('ad_format', ['SINGLE_VIDEO', 'SINGLE_IMAGE']);
  const text = shortText(creative, 'ad_text', 100);
  const callToAction = creative.oneOf('call_to_action', callsToAction);
  const finalUrl = creative.required('landing_page_url');
  if (!URL.canParse(finalUrl) || !/^https?:$/.test(new URL(finalUrl).protocol))
    throw badParameter('landing_page_url', 'Not a valid URL.');
  const displayName = creative.text('display_name');
  if (displayName !== undefined) checkText('display_name', displayName, 40);
  const status = creative.oneOf('operation_status', operationStatuses, 'ENABLE');
  const images = creative.texts('image_ids') ?? [];
  const video = creative.text('video_id');
  if (images.length !== 1) throw badParameter('image_ids', 'Exactly one image is expected.');
  const pictured = images.map((id) => mediaIdOfImage(account, id));
  if (pictured.some((id) => id === undefined)) throw badParameter('image_ids', `Image ${images[0]} does not exist.`);
  if (format === 'SINGLE_IMAGE' && video !== undefined)
    throw badParameter('video_id', 'Not supported with the ad format SINGLE_IMAGE.');
  if (format === 'SINGLE_VIDEO' && video === undefined)
    throw badParameter('video_id', 'Missing data for required field.');
  const filmed = video === undefined ? undefined : mediaIdOfVideo(account, video);
  if (video !== undefined && filmed === undefined) throw badParameter('video_id', `Video ${video} does not exist.`);
  creative.done();
  const mediaId = format === 'SINGLE_VIDEO' ? filmed : pictured[0];
  return {
    name,
    format: format === 'SINGLE_VIDEO' ? 'video' : 'image',
    headlines: [],
    descriptions: [text],
    finalUrl,
    callToAction: callToAction.toLowerCase().replaceAll('_', '-'),
    ...(mediaId === undefined ? {} : { mediaId }),
    settings: { status: marketStatus[status] },
    own: { ...identity, image_ids: images, display_name: displayName ?? identity.display_name },
  };
}

function readIdentity(creative: Parameters, account: Account) {
  const type = creative.oneOf('identity_type', ['CUSTOMIZED_USER', 'AUTH_CODE', 'TT_USER', 'BC_AUTH_TT']);
  const id = creative.required('identity_id');
  const center = creative.text('identity_authorized_bc_id');
  const identity = identitiesOf(account).find((one) => one.identity_id === id && one.identity_type === type);
  if (identity === undefined) throw badParameter('identity_id', `There is no identity ${id} of type ${type}.`);
  if (type === 'BC_AUTH_TT' && center !== identity.identity_authorized_bc_id)
    throw badParameter('identity_authorized_bc_id', 'Missing data for required field, or another one.');
  return { identity_id: id, identity_type: type, display_name: identity.display_name };
}
