import { hashText } from '../../market/random.ts';
import type { Ad } from '../../market/world.ts';
import { imageUrn } from './images.ts';
import {
  accountUrn,
  type CreativeSubject,
  campaignUrn,
  creativeUrn,
  organizationUrn,
  postUrn,
  servingStatuses,
  stamps,
  statusNow,
  type View,
} from './subject.ts';

/** Who made everything in the world. */
const systemUrn = 'urn:li:system:0';

/** learn.microsoft.com/linkedin/marketing/integrations/ads/account-structure/create-and-manage-creatives */
export function creativeRecord(view: View, { account, group, campaign, ad }: CreativeSubject) {
  const { created, lastModified } = stamps(view, ad);
  const holds = servingStatuses(
    view,
    account,
    ['STOPPED', ad],
    ['CAMPAIGN_STOPPED', campaign],
    ['CAMPAIGN_GROUP_STATUS_HOLD', group],
  );
  const isServing = holds[0] === 'RUNNABLE';
  return {
    id: creativeUrn(ad),
    account: accountUrn(account),
    campaign: campaignUrn(campaign),
    ...(ad.name === '' ? {} : { name: ad.name }),
    content: { reference: postUrn(ad) },
    intendedStatus: statusNow(view, ad),
    isServing,
    ...(isServing ? {} : { servingHoldReasons: holds }),
    isTest: false,
    review: reviewOf(view, ad),
    createdAt: created,
    createdBy: systemUrn,
    lastModifiedAt: lastModified,
    lastModifiedBy: systemUrn,
  };
}

/** In LinkedIn's words; a reason is one of its policies. */
function reviewOf({ market, nowMs }: View, { id }: Ad) {
  const standing = market.presentOf(id, nowMs)?.standing;
  if (standing?.review === 'in-review') return { status: 'PENDING' };
  if (standing?.review !== 'rejected') return { status: 'APPROVED' };
  return { status: 'REJECTED', rejectionReasons: [standing.reason?.toUpperCase().replaceAll('-', '_') ?? 'OTHER'] };
}

/** What a creative shows; learn.microsoft.com/linkedin/marketing/community-management/shares/posts-api */
export function postRecord(view: View, { account, ad }: CreativeSubject) {
  const { created, lastModified } = stamps(view, ad);
  const title = ad.headlines[0] ?? ad.name;
  const isVideo = ad.format === 'video';
  return {
    id: postUrn(ad),
    author: organizationUrn,
    commentary: ad.descriptions[0] ?? title,
    ...contentOf(ad, title),
    contentCallToActionLabel: ad.callToAction?.replaceAll('-', '_').toUpperCase() ?? 'LEARN_MORE',
    adContext: {
      dscAdAccount: accountUrn(account),
      dscAdType: isVideo ? 'VIDEO' : 'STANDARD',
      dscName: ad.name === '' ? title : ad.name,
      dscStatus: 'ACTIVE',
      isDsc: true,
    },
    distribution: { feedDistribution: 'NONE', targetEntities: [], thirdPartyDistributionChannels: [] },
    isReshareDisabledByAuthor: true,
    lifecycleState: 'PUBLISHED',
    visibility: 'PUBLIC',
    createdAt: created,
    publishedAt: created,
    lastModifiedAt: lastModified,
  };
}

/** A video or picture with the page behind it, or a link to an article whose picture LinkedIn shows. */
function contentOf(ad: Ad, title: string) {
  const isVideo = ad.format === 'video';
  const media = mediaUrn(ad, isVideo);
  // What was written shows an image; of the world's first ads some show an article.
  if (isVideo || ad.createdAt !== undefined || hashText(`linkedin-article|${ad.id}`) % 2 === 0)
    return { content: { media: { id: media, title } }, contentLandingPage: ad.finalUrl };
  return { content: { article: { source: ad.finalUrl, title, thumbnail: media } } };
}

/** Media ids are opaque: a class, a letter for the kind, and base64 characters. */
function mediaUrn(ad: Ad, isVideo: boolean): string {
  if (ad.createdAt !== undefined && ad.mediaId !== undefined) return imageUrn(ad.mediaId);
  const id = ad.mediaId ?? hashText(`linkedin-media|${ad.id}`).toString(36).toUpperCase();
  return isVideo ? `urn:li:video:D5605AQ${id}` : `urn:li:image:D5622AQ${id}`;
}
