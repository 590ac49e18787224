import { createHash } from 'node:crypto';
import type { Simulator } from '../../../simulator/simulator.ts';
import { answered } from '../open.ts';
import { type Caller, europe } from './open.ts';

let names = 0;
/** A name that nothing has. */
export const fresh = (what = 'Test'): string => {
  names += 1;
  return `${what} ${names}`;
};

export const campaignDraft = (more: object = {}) => ({
  advertiser_id: europe,
  campaign_name: fresh('Campaign'),
  objective_type: 'TRAFFIC',
  budget_mode: 'BUDGET_MODE_INFINITE',
  ...more,
});

export const adGroupDraft = (campaignId: string, more: object = {}) => ({
  advertiser_id: europe,
  campaign_id: campaignId,
  adgroup_name: fresh('Ad group'),
  promotion_type: 'WEBSITE',
  placement_type: 'PLACEMENT_TYPE_AUTOMATIC',
  location_ids: ['2921044'],
  budget_mode: 'BUDGET_MODE_DYNAMIC_DAILY_BUDGET',
  budget: 30,
  schedule_type: 'SCHEDULE_FROM_NOW',
  schedule_start_time: '2026-11-20 11:00:00',
  optimization_goal: 'CLICK',
  billing_event: 'CPC',
  pacing: 'PACING_MODE_SMOOTH',
  ...more,
});

/** A creative over files that the library has. */
export async function creativeDraft(call: Caller, more: object = {}) {
  const query = { advertiser_id: europe };
  const { identity_id, identity_type } = (await call.get('identity/get', query)).body.data.identity_list[0];
  const { image_id } = (await call.get('file/image/ad/search', query)).body.data.list[0];
  const { video_id } = (await call.get('file/video/ad/search', query)).body.data.list[0];
  return {
    ad_name: fresh('Ad'),
    identity_id,
    identity_type,
    ad_format: 'SINGLE_VIDEO',
    video_id,
    image_ids: [image_id],
    ad_text: 'Run further than yesterday',
    call_to_action: 'SHOP_NOW',
    landing_page_url: 'https://www.strider.example/shoes',
    ...more,
  };
}

/** The first bytes of each format; the rest is whatever it is. */
export const png = (content = 'picture') => new Uint8Array(Buffer.from(`\x89PNG\r\n\x1a\n${content}`, 'latin1'));
export const mp4 = (content = 'film') => new Uint8Array(Buffer.from(`\0\0\0\x18ftypmp42${content}`, 'latin1'));

export function uploads(simulator: Simulator, kind: 'image' | 'video', bytes: Uint8Array, more: object = {}) {
  const form = new FormData();
  const fields = {
    advertiser_id: europe,
    upload_type: 'UPLOAD_BY_FILE',
    file_name: fresh('file'),
    [`${kind}_signature`]: createHash('md5').update(bytes).digest('hex'),
    ...more,
  };
  for (const [name, value] of Object.entries(fields)) form.set(name, String(value));
  form.set(`${kind}_file`, new Blob([new Uint8Array(bytes)]), 'file');
  const headers = { 'Access-Token': simulator.tiktok.accessToken };
  const url = `${simulator.rest}/open_api/v1.3/file/${kind}/ad/upload/`;
  return answered(fetch(url, { method: 'POST', headers, body: form }));
}
