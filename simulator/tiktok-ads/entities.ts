import { hashText } from '../market/random.ts';
import { type Account, type Ad, type AdGroup, billableMicros, type Campaign } from '../market/world.ts';
import { badParameter, Refusal } from './codes.ts';
import { identitiesOf } from './identities.ts';
import { countryIds } from './places.ts';
import {
  hasPrimaryStatus,
  idOf,
  type Level,
  type PrimaryStatus,
  primaryStatuses,
  type Standings,
  type Subject,
  subjectsOf,
} from './status.ts';

interface Described {
  readonly subject: Subject;
  readonly standings: Standings;
  readonly level: Level;
  readonly clickWindow: string;
}

type Fields = Readonly<Record<string, (one: Described) => unknown>>;

const objectives: Readonly<Record<Campaign['bidding'], string>> = {
  'target-cpm': 'REACH',
  'maximize-delivery': 'REACH',
  'maximize-conversions': 'TRAFFIC',
  'maximize-clicks': 'TRAFFIC',
  'manual-cpc': 'TRAFFIC',
  'target-cpa': 'WEB_CONVERSIONS',
  'target-roas': 'WEB_CONVERSIONS',
  'maximize-conversion-value': 'WEB_CONVERSIONS',
};
const goals: Readonly<Record<string, string>> = {
  REACH: 'REACH',
  TRAFFIC: 'CLICK',
  VIDEO_VIEWS: 'ENGAGED_VIEW',
  WEB_CONVERSIONS: 'CONVERT',
};
const billing: Readonly<Record<string, string>> = { REACH: 'CPM', CLICK: 'CPC', ENGAGED_VIEW: 'CPV', CONVERT: 'OCPM' };

/** What a write has said of an object in TikTok's own words. */
const said = (entity: Campaign | AdGroup | Ad | undefined, name: string): unknown => entity?.own?.[name];

export const objectiveOf = (campaign: Campaign): string =>
  String(said(campaign, 'objective_type') ?? objectives[campaign.bidding]);
const goalOf = (campaign: Campaign): string => goals[objectiveOf(campaign)] ?? 'CLICK';

/** Budgets and bids are numbers in currency units, unlike the texts of reports. */
const amount = (micros: number, account: Account): number => {
  const cent = billableMicros(account.currency);
  return Math.round(micros / cent) / (1_000_000 / cent);
};

const account: Fields = { advertiser_id: ({ subject }) => subject.account.id };
const status: Fields = {
  operation_status: ({ subject, standings, level }) => standings.of(subject, level).operation,
  secondary_status: ({ subject, standings, level }) => standings.of(subject, level).secondary,
  create_time: ({ subject, level }) => madeAt(subject, level),
  modify_time: ({ subject, level }) => madeAt(subject, level),
};
const budgetOf = (entity: (one: Described) => AdGroup | Campaign | undefined): Fields => ({
  budget: (one) => {
    const found = entity(one);
    return found === undefined ? 0 : amount(one.standings.settings(found).dailyBudgetMicros, one.subject.account);
  },
  budget_mode: (one) => {
    const found = entity(one);
    const micros = found === undefined ? 0 : one.standings.settings(found).dailyBudgetMicros;
    return said(found, 'budget_mode') ?? (micros > 0 ? 'BUDGET_MODE_DAY' : 'BUDGET_MODE_INFINITE');
  },
});
const inCampaign: Fields = {
  ...account,
  campaign_id: ({ subject }) => subject.campaign.id,
  campaign_name: ({ subject }) => subject.campaign.name,
};
const inAdGroup: Fields = {
  ...inCampaign,
  adgroup_id: ({ subject }) => subject.adGroup?.id,
  adgroup_name: ({ subject }) => subject.adGroup?.name,
};

/** A field of ad groups as a write has said it, or as it is of those that were there before. */
const ofAdGroup = (name: string, before: (one: Described) => unknown): Fields => ({
  [name]: (one) => {
    const own = said(one.subject.adGroup, name);
    return own === undefined ? before(one) : own;
  },
});

/** Fields of each list, in the order they are answered when none are asked for. */
export const entityFields: Readonly<Record<Level, Fields>> = {
  campaign: {
    ...inCampaign,
    campaign_type: () => 'REGULAR_CAMPAIGN',
    campaign_automation_type: () => 'MANUAL',
    objective_type: ({ subject }) => objectiveOf(subject.campaign),
    ...budgetOf(({ subject }) => subject.campaign),
    budget_optimize_on: ({ subject, standings }) =>
      said(subject.campaign, 'budget_optimize_on') ?? standings.settings(subject.campaign).dailyBudgetMicros > 0,
    is_search_campaign: () => false,
    is_smart_performance_campaign: () => false,
    ...status,
  },
  adgroup: {
    ...inAdGroup,
    ...ofAdGroup('promotion_type', () => 'WEBSITE'),
    ...ofAdGroup('placement_type', () => 'PLACEMENT_TYPE_AUTOMATIC'),
    ...ofAdGroup('placements', () => ['PLACEMENT_TIKTOK', 'PLACEMENT_PANGLE', 'PLACEMENT_GLOBAL_APP_BUNDLE']),
    ...ofAdGroup('optimization_goal', ({ subject }) => goalOf(subject.campaign)),
    ...ofAdGroup('pixel_id', () => null),
    ...ofAdGroup('optimization_event', ({ subject }) => (goalOf(subject.campaign) === 'REACH' ? null : 'SHOPPING')),
    ...ofAdGroup('billing_event', ({ subject }) => billing[goalOf(subject.campaign)]),
    ...ofAdGroup('bid_type', ({ subject }) =>
      subject.campaign.bidding === 'target-cpa' ? 'BID_TYPE_CUSTOM' : 'BID_TYPE_NO_BID',
    ),
    ...ofAdGroup('bid_price', () => 0),
    ...ofAdGroup('conversion_bid_price', ({ subject: { campaign, adGroup, account: owner }, standings }) => {
      if (campaign.bidding !== 'target-cpa') return 0;
      const own = adGroup === undefined ? 0 : standings.settings(adGroup).bidMicros;
      return amount(own > 0 ? own : standings.settings(campaign).bidMicros, owner);
    }),
    ...budgetOf(({ subject }) => subject.adGroup),
    ...ofAdGroup('schedule_type', () => 'SCHEDULE_FROM_NOW'),
    ...ofAdGroup('schedule_start_time', ({ subject, level }) => madeAt(subject, level)),
    ...ofAdGroup('schedule_end_time', () => null),
    ...ofAdGroup('pacing', () => 'PACING_MODE_SMOOTH'),
    ...ofAdGroup('location_ids', ({ subject }) => {
      const id = countryIds[subject.account.market ?? ''];
      return id === undefined ? [] : [id];
    }),
    ...ofAdGroup('languages', () => []),
    ...ofAdGroup('gender', () => 'GENDER_UNLIMITED'),
    ...ofAdGroup('age_groups', () => null),
    ...ofAdGroup('interest_category_ids', () => []),
    ...ofAdGroup('audience_ids', () => []),
    click_attribution_window: ({ clickWindow }) => clickWindow,
    view_attribution_window: () => 'ONE_DAY',
    attribution_event_count: () => 'EVERY',
    ...status,
  },
  ad: {
    ...inAdGroup,
    ad_id: ({ subject }) => subject.ad?.id,
    ad_name: ({ subject }) => subject.ad?.name,
    ad_format: ({ subject }) => (subject.ad?.format === 'image' ? 'SINGLE_IMAGE' : 'SINGLE_VIDEO'),
    ad_text: ({ subject }) => subject.ad?.descriptions[0] ?? null,
    ad_texts: () => null,
    call_to_action: ({ subject }) => subject.ad?.callToAction?.toUpperCase().replaceAll('-', '_') ?? null,
    landing_page_url: ({ subject }) => subject.ad?.finalUrl,
    display_name: ({ subject }) => said(subject.ad, 'display_name') ?? 'Strider',
    identity_type: ({ subject }) => said(subject.ad, 'identity_type') ?? 'CUSTOMIZED_USER',
    identity_id: ({ subject }) => said(subject.ad, 'identity_id') ?? identitiesOf(subject.account)[0]?.identity_id,
    video_id: ({ subject: { ad } }) =>
      ad?.format === 'video' && ad.mediaId !== undefined ? videoId(ad.mediaId) : null,
    image_ids: ({ subject: { ad } }) =>
      said(ad, 'image_ids') ?? (ad?.format === 'image' && ad.mediaId !== undefined ? [imageId(ad.mediaId)] : []),
    ...status,
  },
};

export const videoId = (mediaId: string): string => `v10033g50000c${BigInt(mediaId).toString(32).padStart(14, '0')}`;
export const imageId = (mediaId: string): string => `ad-site-i18n-sg/${BigInt(mediaId).toString(16).padStart(20, '0')}`;

const writtenTime = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replace('T', ' ');

function madeAt(subject: Subject, level: Level): string {
  const entity = level === 'campaign' ? subject.campaign : level === 'adgroup' ? subject.adGroup : subject.ad;
  return entity?.createdAt === undefined ? createTime(idOf(subject, level)) : writtenTime(entity.createdAt);
}

/** `YYYY-MM-DD HH:MM:SS`, UTC, some time before the oldest history. */
export function createTime(id: string): string {
  const ms = Date.UTC(2025, 2, 1) + (hashText(id) % (150 * 86_400)) * 1000;
  return writtenTime(ms);
}

const windows = [
  [1, 'ONE_DAY'],
  [7, 'SEVEN_DAYS'],
  [14, 'FOURTEEN_DAYS'],
  [28, 'TWENTY_EIGHT_DAYS'],
] as const;

/** The shortest click window that holds the world's latest conversion. */
export function clickWindowOf(maxConversionDelayDays: number): string {
  return windows.find(([days]) => days >= maxConversionDelayDays)?.[1] ?? 'TWENTY_EIGHT_DAYS';
}

const levelsAbove: Readonly<Record<Level, readonly Level[]>> = {
  campaign: ['campaign'],
  adgroup: ['campaign', 'adgroup'],
  ad: ['campaign', 'adgroup', 'ad'],
};

type Keep = (subject: Subject) => boolean;

/** Objects of a level that every filter lets through, newest id first. */
export function listSubjects(owner: Account, level: Level, keeps: readonly Keep[]): readonly Subject[] {
  return [...subjectsOf(owner, level)]
    .filter((subject) => keeps.every((keep) => keep(subject)))
    .sort((left, right) => compareIds(idOf(right, level), idOf(left, level)));
}

/** Ids are numbers too long for one. */
export function compareIds(left: string, right: string): number {
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0);
}

/** What `filtering` of a list asks for. */
export function readFilters(
  level: Level,
  filtering: Readonly<Record<string, unknown>>,
  standings: Standings,
): readonly Keep[] {
  const primary = filtering['primary_status'] ?? 'STATUS_NOT_DELETE';
  const status = primaryStatuses.find((known): known is PrimaryStatus => known === primary);
  if (status === undefined)
    throw badParameter('filtering.primary_status', `Value must be one of ${primaryStatuses.join(', ')}.`);
  const keeps: Keep[] = [(subject) => hasPrimaryStatus(standings.of(subject, level), status)];
  for (const [name, value] of Object.entries(filtering)) {
    if (name === 'primary_status') continue;
    if (name === `${level}_name`) {
      if (typeof value !== 'string') throw badParameter(`filtering.${name}`, 'Not a valid string.');
      // TikTok finds whatever holds the words.
      keeps.push((subject) => nameOf(subject, level).toLowerCase().includes(value.toLowerCase()));
      continue;
    }
    const at = levelsAbove[level].find((one) => name === `${one}_ids`);
    if (at === undefined)
      throw badParameter(`filtering.${name}`, 'Unknown field, or one that the simulator does not model.');
    if (!Array.isArray(value) || !value.every((id) => typeof id === 'string'))
      throw badParameter(`filtering.${name}`, 'Not a valid list: a JSON array of strings is expected.');
    if (value.length > 100) throw new Refusal('tooLarge', `filtering.${name}: At most 100 ids are allowed.`);
    const ids = new Set(value);
    keeps.push((subject) => ids.has(idOf(subject, at)));
  }
  return keeps;
}

const nameOf = (subject: Subject, level: Level): string =>
  (level === 'campaign' ? subject.campaign : level === 'adgroup' ? subject.adGroup : subject.ad)?.name ?? '';

/** The fields asked for, all by default. */
export function describe(
  subjects: readonly Subject[],
  level: Level,
  fields: readonly string[] | undefined,
  standings: Standings,
  clickWindow: string,
): Record<string, unknown>[] {
  const table = entityFields[level];
  for (const name of fields ?? [])
    if (!Object.hasOwn(table, name))
      throw badParameter('fields', `Unknown field ${name}, or one that the simulator does not model.`);
  const names = fields ?? Object.keys(table);
  return subjects.map((subject) =>
    Object.fromEntries(names.map((name) => [name, table[name]?.({ subject, standings, level, clickWindow })])),
  );
}
