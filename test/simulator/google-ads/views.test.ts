import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../../simulator/simulator.ts';
import { berlin, type Caller, codeOf, losAngeles, open } from '../open.ts';

let simulator: Simulator;
let call: Caller;
beforeAll(async () => {
  ({ simulator, call } = await open());
});
afterAll(() => simulator.close());

interface Row {
  readonly [message: string]: Readonly<Record<string, unknown>>;
}

async function rows(query: string, account = berlin): Promise<readonly Row[]> {
  const answer = await call.search(account, query);
  if (answer.status !== 200) throw new Error(answer.text);
  return answer.body.results ?? [];
}

const measures = [
  'metrics.impressions',
  'metrics.clicks',
  'metrics.cost_micros',
  'metrics.conversions',
  'metrics.conversions_value',
] as const;
const days = "segments.date BETWEEN '2026-11-01' AND '2026-11-07'";
const ask = (fields: readonly string[], from: string, where = days, account = berlin) =>
  rows(`SELECT ${[...fields, ...measures].join(', ')} FROM ${from} WHERE ${where}`, account);

/** Sums by a key, in whole numbers: doubles of conversions would not add up exactly. */
function sums(found: readonly Row[], key: (row: Row) => string) {
  const totals = new Map<string, number[]>();
  for (const row of found) {
    const m = row['metrics'] ?? {};
    const values = [
      Number(m['impressions']),
      Number(m['clicks']),
      Number(m['costMicros']),
      Math.round(Number(m['conversions']) * 1e6),
      Math.round(Number(m['conversionsValue']) * 1e6),
    ];
    const held = totals.get(key(row));
    totals.set(key(row), held === undefined ? values : held.map((value, index) => value + (values[index] ?? 0)));
  }
  return totals;
}

const campaignDay = (row: Row) => `${row['campaign']?.['id']} ${row['segments']?.['date']}`;
const groupDay = (row: Row) => `${row['adGroup']?.['id']} ${row['segments']?.['date']}`;
const distinct = (found: readonly Row[], key: (row: Row) => unknown) => new Set(found.map(key));

const campaigns = (more = '') => ask(['campaign.id', 'segments.date'], 'campaign', `${days}${more}`);

describe('campaigns divided by a segment', () => {
  it.each([
    ['segments.device', 'device', ['CONNECTED_TV', 'DESKTOP', 'MOBILE', 'TABLET']],
    ['segments.ad_network_type', 'adNetworkType', ['CONTENT', 'DISCOVER', 'SEARCH', 'SEARCH_PARTNERS', 'YOUTUBE']],
  ])('by %s add up to the campaign, day by day and to the micro', async (field, name, values) => {
    const parts = await ask(['campaign.id', 'segments.date', field], 'campaign');
    expect([...distinct(parts, (row) => row['segments']?.[name])].sort()).toEqual(values);
    expect(sums(parts, campaignDay)).toEqual(sums(await campaigns(), campaignDay));
  });

  it('are filtered by the segment they select', async () => {
    const found = await ask(['campaign.id', 'segments.device'], 'campaign', `${days} AND segments.device = 'TABLET'`);
    expect([...distinct(found, (row) => row['segments']?.['device'])]).toEqual(['TABLET']);
    expect(found.length).toBeGreaterThan(5);
  });

  it('add up over days when no day is selected', async () => {
    const byDevice = await ask(['segments.device'], 'campaign', `${days} AND campaign.id = 20010010000`);
    const [whole] = await ask(['campaign.id'], 'campaign', `${days} AND campaign.id = 20010010000`);
    expect(sums(byDevice, () => '')).toEqual(sums(whole === undefined ? [] : [whole], () => ''));
    expect(distinct(byDevice, (row) => row['segments']?.['device']).size).toBe(byDevice.length);
  });
});

describe('the audience views', () => {
  it.each([
    ['age_range_view', 'ad_group_criterion.age_range.type', 'ageRange', 7],
    ['gender_view', 'ad_group_criterion.gender.type', 'gender', 3],
  ])('%s divides every ad group and every campaign exactly', async (view, field, name, values) => {
    const parts = await ask(['campaign.id', 'ad_group.id', 'segments.date', field], view);
    const type = (row: Row) => (row['adGroupCriterion']?.[name] as { type: string } | undefined)?.type;
    expect(distinct(parts, type).size).toBe(values);
    const groups = await ask(['campaign.id', 'ad_group.id', 'segments.date'], 'ad_group');
    expect(sums(parts, groupDay)).toEqual(sums(groups, groupDay));
    const withGroups = " AND campaign.advertising_channel_type != 'PERFORMANCE_MAX'";
    expect(sums(parts, campaignDay)).toEqual(sums(await campaigns(withGroups), campaignDay));
    // Finer than a campaign's day: some campaign has several ad groups.
    const keys = parts.map((row) => `${campaignDay(row)} ${type(row)}`);
    expect(new Set(keys).size).toBeLessThan(keys.length);
  });

  it('names the criterion as Google does', async () => {
    const found = await rows(
      `SELECT ad_group_criterion.criterion_id, ad_group_criterion.type, ad_group_criterion.gender.type, metrics.clicks FROM gender_view WHERE ${days} AND ad_group_criterion.gender.type = 'FEMALE' LIMIT 1`,
    );
    expect(found[0]).toMatchObject({
      genderView: { resourceName: expect.stringMatching(/^customers\/4210000001\/genderViews\/\d+~11$/) },
      adGroupCriterion: { criterionId: '11', type: 'GENDER', gender: { type: 'FEMALE' } },
    });
  });

  it('does not know Performance Max', async () => {
    const found = await ask(
      ['campaign.id', 'ad_group_criterion.age_range.type'],
      'age_range_view',
      `${days} AND campaign.advertising_channel_type = 'PERFORMANCE_MAX'`,
    );
    expect(found).toEqual([]);
  });
});

describe('where people were', () => {
  it('divides every campaign exactly, Performance Max too', async () => {
    const found = await ask(
      ['campaign.id', 'segments.date', 'user_location_view.country_criterion_id'],
      'user_location_view',
    );
    // Germany, Austria, Switzerland, and unknown: a row without the id.
    expect([...distinct(found, (row) => row['userLocationView']?.['countryCriterionId'])].sort()).toEqual([
      '2040',
      '2276',
      '2756',
      undefined,
    ]);
    expect(sums(found, campaignDay)).toEqual(sums(await campaigns(), campaignDay));
  });

  it('is added up over campaigns when none is selected', async () => {
    const found = await ask(
      ['user_location_view.country_criterion_id', 'user_location_view.targeting_location'],
      'user_location_view',
      days,
      losAngeles,
    );
    expect(
      found
        .map((row) => row['userLocationView'])
        .map((view) => `${view?.['countryCriterionId'] ?? 'unknown'} ${view?.['targetingLocation']}`)
        .sort(),
    ).toEqual(['2124 false', '2484 false', '2840 true', 'unknown false']);
    expect(sums(found, () => '')).toEqual(sums(await ask(['customer.id'], 'customer', days, losAngeles), () => ''));
  });
});

describe('search terms', () => {
  const terms = (more = '') =>
    ask(
      ['campaign.id', 'ad_group.id', 'segments.date', 'search_term_view.search_term'],
      'search_term_view',
      `${days}${more}`,
    );

  it('are one row an ad group, term and day', async () => {
    const found = await terms();
    const keys = found.map((row) => `${groupDay(row)} ${row['searchTermView']?.['searchTerm']}`);
    expect(new Set(keys).size).toBe(keys.length);
    expect(distinct(found, (row) => row['searchTermView']?.['searchTerm']).size).toBeGreaterThan(20);
  });

  it('are less than their ad groups: the rare ones are not shown', async () => {
    const found = sums(await terms(), groupDay);
    const groups = sums(await ask(['ad_group.id', 'segments.date'], 'ad_group'), groupDay);
    const share = [...found].map(([key, [impressions = 0]]) => impressions / (groups.get(key)?.[0] ?? 0));
    expect(Math.max(...share)).toBeLessThanOrEqual(1);
    const mean = share.reduce((left, right) => left + right, 0) / share.length;
    expect(mean).toBeGreaterThan(0.5);
    expect(mean).toBeLessThan(0.98);
  });

  it('can be searched', async () => {
    const found = await terms(" AND search_term_view.search_term LIKE '% %' AND metrics.clicks > 3");
    expect(found.length).toBeGreaterThan(0);
    for (const row of found) {
      expect(row['searchTermView']?.['searchTerm']).toContain(' ');
      expect(Number(row['metrics']?.['clicks'])).toBeGreaterThan(3);
    }
  });
});

describe('assets', () => {
  it('count an impression for every text shown with it', async () => {
    const found = await ask(
      [
        'campaign.id',
        'ad_group_ad.ad.id',
        'asset.id',
        'asset.text_asset.text',
        'ad_group_ad_asset_view.field_type',
        'segments.date',
      ],
      'ad_group_ad_asset_view',
    );
    const adDay = (row: Row) =>
      `${(row['adGroupAd']?.['ad'] as { id: string } | undefined)?.id} ${row['segments']?.['date']}`;
    const ads = sums(
      await ask(
        ['ad_group_ad.ad.id', 'segments.date'],
        'ad_group_ad',
        `${days} AND campaign.advertising_channel_type = 'SEARCH'`,
      ),
      adDay,
    );
    // Three headlines and two descriptions an impression.
    for (const [key, [impressions = 0]] of sums(found, adDay)) expect(impressions).toBe(5 * (ads.get(key)?.[0] ?? 0));
    expect([...distinct(found, (row) => row['adGroupAdAssetView']?.['fieldType'])].sort()).toEqual([
      'DESCRIPTION',
      'HEADLINE',
    ]);
  });
});

describe('what ads show and what converts', () => {
  it('video ads have a video, and no field of another type of ad', async () => {
    const [ad] = await rows(
      "SELECT ad_group_ad.ad.video_responsive_ad.headlines, ad_group_ad.ad.video_responsive_ad.videos, ad_group_ad.ad.responsive_search_ad.headlines FROM ad_group_ad WHERE ad_group_ad.ad.type = 'VIDEO_RESPONSIVE_AD' LIMIT 1",
    );
    expect(ad?.['adGroupAd']?.['ad']).toEqual({
      resourceName: expect.any(String),
      videoResponsiveAd: { videos: [{ asset: expect.stringMatching(/^customers\/4210000001\/assets\/\d+$/) }] },
    });
  });

  it('views are counted for videos alone', async () => {
    const found = await rows(
      `SELECT campaign.advertising_channel_type, metrics.video_trueview_views, metrics.impressions FROM campaign WHERE ${days}`,
    );
    const views = (channel: string) =>
      found
        .filter((row) => row['campaign']?.['advertisingChannelType'] === channel)
        .reduce((total, row) => total + Number(row['metrics']?.['videoTrueviewViews']), 0);
    expect([views('SEARCH'), views('VIDEO') > 100]).toEqual([0, true]);
  });

  it('a conversion action’s window is no shorter than conversions take', async () => {
    const { simulator: slow, call: asking } = await open({ maxConversionDelayDays: 45 });
    try {
      const answer = await asking.search(
        berlin,
        "SELECT conversion_action.id, conversion_action.name, conversion_action.click_through_lookback_window_days FROM conversion_action WHERE conversion_action.status != 'REMOVED' AND conversion_action.include_in_conversions_metric = TRUE",
      );
      expect(answer.body.results).toEqual([
        {
          conversionAction: {
            resourceName: 'customers/4210000001/conversionActions/660000001',
            id: '660000001',
            name: 'Purchase',
            clickThroughLookbackWindowDays: '45',
          },
        },
      ]);
    } finally {
      await slow.close();
    }
  });
});

describe('refusals', () => {
  it.each([
    [
      `SELECT segments.device, metrics.clicks FROM ad_group WHERE ${days}`,
      /'segments.device' with the resource 'campaign'/,
    ],
    [
      `SELECT segments.device, segments.ad_network_type, metrics.clicks FROM campaign WHERE ${days}`,
      /does not model 'segments.device' by 'segments.ad_network_type'/,
    ],
    [`SELECT segments.hour, metrics.clicks FROM campaign WHERE ${days}`, /does not model the field 'segments.hour'/],
    [`SELECT ad_group.id, metrics.clicks FROM user_location_view WHERE ${days}`, /Cannot use fields of 'ad_group'/],
    [`SELECT metrics.clicks FROM geographic_view WHERE ${days}`, /does not model the resource 'geographic_view'/],
    ['SELECT metrics.clicks FROM conversion_action', /'metrics.clicks' with the resource 'conversion_action'/],
    [
      `SELECT campaign.id, metrics.clicks FROM campaign WHERE ${days} AND segments.device = 'MOBILE'`,
      /'segments.device' must be present in the SELECT/,
    ],
  ])('%s is refused by name', async (query, message) => {
    const answer = await call.search(berlin, query);
    expect([answer.status, codeOf(answer)]).toEqual([400, expect.stringMatching(/^queryError\./)]);
    expect(answer.body.error.details[0].errors[0].message).toMatch(message);
  });
});
