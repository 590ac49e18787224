import * as z from 'zod/mini';
import { taggedPage } from '../../domain/changes/utm.ts';
import type { RawRow } from '../../domain/integrations/platform.ts';
import type { PlatformCreative, PlatformOperationOf } from '../../domain/integrations/platform-writer.ts';
import type { TikTokClient } from './client.ts';
import { refusal } from './write-targeting.ts';
import { callsToAction } from './write-vocabulary.ts';

type InFeed = Extract<PlatformCreative, { readonly format: 'in-feed-video' | 'in-feed-image' }>;

const identities = z.object({
  identity_list: z.array(
    z.object({
      identity_id: z.string(),
      identity_type: z.string(),
      identity_authorized_bc_id: z.optional(z.nullable(z.string())),
    }),
  ),
  page_info: z.object({ page: z.number(), total_page: z.number() }),
});
type Identity = z.infer<typeof identities>['identity_list'][number];

const pageSize = 100;
/** A thousand identities, above what an account has. */
const mostPages = 10;

/** An identity with its type, which every ad must name beside it. */
export async function identityOf(
  client: TikTokClient,
  advertiserId: string,
  identityId: string,
  signal: AbortSignal | undefined,
): Promise<Identity> {
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await client.ask(
      {
        operation: 'identity/get',
        parameters: { advertiser_id: advertiserId, page, page_size: pageSize },
        advertiserId,
        signal,
      },
      identities,
    );
    const found = data.identity_list.find((one) => one.identity_id === identityId);
    if (found !== undefined) return found;
    if (page >= data.page_info.total_page) break;
  }
  throw refusal('IDENTITY_NOT_FOUND', `creative.identity: the account has no identity ${identityId}`);
}

/** The creative of a paused ad. Write-rules have refused every other format and an ad without a button. */
export function creativeBody(name: string, creative: InFeed, identity: Identity): Readonly<Record<string, unknown>> {
  const { identity_authorized_bc_id: center } = identity;
  return {
    ad_name: name,
    identity_id: identity.identity_id,
    identity_type: identity.identity_type,
    ...(center !== undefined && center !== null && { identity_authorized_bc_id: center }),
    ...mediaBody(creative),
    ad_text: creative.text,
    ...(creative.displayName !== undefined && { display_name: creative.displayName }),
    ...(creative.callToAction !== undefined && { call_to_action: callsToAction[creative.callToAction] }),
    landing_page_url: creative.landingPageUrl,
    operation_status: 'DISABLE',
  };
}

function mediaBody({ format, media, cover }: InFeed): Readonly<Record<string, unknown>> {
  if (format === 'in-feed-image') return { ad_format: 'SINGLE_IMAGE', image_ids: [media.platformId] };
  return {
    ad_format: 'SINGLE_VIDEO',
    video_id: media.platformId,
    ...(cover !== undefined && { image_ids: [cover.platformId] }),
  };
}

/** What TikTok puts in place of when an ad is clicked. https://ads.tiktok.com/help/article/track-offsite-web-events-with-utm-parameters */
const macros = {
  platform: 'tiktok-ads',
  campaign: '__CAMPAIGN_NAME__',
  'ad-group': '__AID_NAME__',
  ad: '__CID_NAME__',
} as const;

/** Where an ad leads to, with the parameters of its template. */
export const landingPage = ({ landingPageUrl }: Pick<InFeed, 'landingPageUrl'>, template: string | undefined): string =>
  taggedPage(landingPageUrl, template, (placeholder) => macros[placeholder]);

/** Whether an ad as TikTok lists it shows what this one is to show: TikTok has no unique names of ads. */
export function showsTheSame(row: RawRow, { creative, utmTemplate }: PlatformOperationOf<'create-ad'>): boolean {
  if (creative.format !== 'in-feed-video' && creative.format !== 'in-feed-image') return false;
  const media =
    creative.format === 'in-feed-video'
      ? row.video_id === creative.media.platformId
      : Array.isArray(row.image_ids) && row.image_ids.includes(creative.media.platformId);
  return media && row.ad_text === creative.text && row.landing_page_url === landingPage(creative, utmTemplate);
}
