import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openTikTokAdsReader } from '../../../platforms/tiktok-ads/reader.ts';
import { data, FakeTikTok, page, says } from './fake-tiktok.ts';
import { failureOf, quick } from './reading.ts';

let tiktok: FakeTikTok;
beforeEach(async () => {
  tiktok = new FakeTikTok();
  await tiktok.start();
});
afterEach(() => tiktok.stop());

describe('TikTok’s accounts', () => {
  const info = (id: string, rest: object = {}) => ({
    advertiser_id: id,
    name: `Shop ${id}`,
    currency: 'JPY',
    status: 'STATUS_ENABLE',
    timezone: 'Etc/GMT-9',
    display_timezone: 'Asia/Tokyo',
    ...rest,
  });

  it('come with status, zone and the windows of their conversions', async () => {
    tiktok.on(
      'oauth2/advertiser/get',
      data({
        list: [
          { advertiser_id: '72', advertiser_name: 'b' },
          { advertiser_id: '71', advertiser_name: 'a' },
        ],
      }),
    );
    tiktok.on('advertiser/info', data({ list: [info('71'), info('72', { status: 'STATUS_DISABLE' })] }));
    const adGroup = (optimization_event: string | null, click: string, view: string) => ({
      optimization_event,
      click_attribution_window: click,
      view_attribution_window: view,
    });
    tiktok.on(
      'adgroup/get',
      page([
        adGroup('SHOPPING', 'SEVEN_DAYS', 'ONE_DAY'),
        adGroup('SHOPPING', 'TWENTY_EIGHT_DAYS', 'OFF'),
        adGroup('FORM', 'FOURTEEN_DAYS', 'OFF'),
        adGroup(null, 'SEVEN_DAYS', 'OFF'),
      ]),
    );
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: quick });
    expect(await reader.listAccounts()).toEqual([
      {
        platformId: '71',
        name: 'Shop 71',
        currency: 'JPY',
        timeZone: 'Asia/Tokyo',
        status: 'enabled',
        conversionTypes: [
          { platformId: 'FORM', name: 'form', clickWindowDays: 14, viewWindowDays: 0 },
          { platformId: 'SHOPPING', name: 'shopping', clickWindowDays: 28, viewWindowDays: 1 },
        ],
      },
      { platformId: '72', name: 'Shop 72', currency: 'JPY', timeZone: 'Asia/Tokyo', status: 'disabled' },
    ]);
    expect(tiktok.of('adgroup/get').map(({ parameters }) => parameters.advertiser_id)).toEqual(['71']);
  });

  it('are described a hundred at a time', async () => {
    const ids = Array.from({ length: 201 }, (_, index) => String(1_000 + index));
    tiktok.on('oauth2/advertiser/get', data({ list: ids.map((advertiser_id) => ({ advertiser_id })) }));
    tiktok.on('advertiser/info', (response, arrival) => {
      const asked: string[] = JSON.parse(arrival.parameters.advertiser_ids ?? '[]');
      data({ list: asked.map((id) => info(id, { status: 'STATUS_DISABLE' })) })(response, arrival);
    });
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: quick });
    expect((await reader.listAccounts()).map(({ platformId }) => platformId)).toEqual(ids);
    expect(tiktok.of('advertiser/info')).toHaveLength(3);
  });

  it('are listed without the one that TikTok refuses', async () => {
    const ids = ['71', '72', '73', '74', '75'];
    tiktok.on('oauth2/advertiser/get', data({ list: ids.map((advertiser_id) => ({ advertiser_id })) }));
    tiktok.on('advertiser/info', (response, arrival) => {
      const asked: string[] = JSON.parse(arrival.parameters.advertiser_ids ?? '[]');
      const answer = asked.includes('74')
        ? says(40_001, 'no permission')
        : data({ list: asked.map((id) => info(id, { status: 'STATUS_DISABLE' })).toReversed() });
      answer(response, arrival);
    });
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: quick });
    expect((await reader.listAccounts()).map(({ platformId }) => platformId)).toEqual(['71', '72', '73', '75']);
  });

  it('are not taken for gone when TikTok does not tell one of them', async () => {
    tiktok.on('oauth2/advertiser/get', data({ list: [{ advertiser_id: '71' }, { advertiser_id: '72' }] }));
    tiktok.on('advertiser/info', data({ list: [info('71')] }));
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: quick });
    expect(await failureOf(reader.listAccounts())).toMatchObject({ kind: 'unavailable' });
  });

  it('that do not tell their ad groups are listed nevertheless', async () => {
    tiktok.on('oauth2/advertiser/get', data({ list: [{ advertiser_id: '71' }] }));
    tiktok.on('advertiser/info', data({ list: [info('71')] }));
    tiktok.on('adgroup/get', says(40_001, 'no permission'));
    const reader = await openTikTokAdsReader(tiktok.access(), { policy: quick });
    expect(await reader.listAccounts()).toMatchObject([{ platformId: '71', status: 'enabled' }]);
  });
});
