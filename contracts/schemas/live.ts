import * as z from 'zod/mini';
import {
  accountId,
  adGroupId,
  adId,
  campaignId,
  count,
  currency,
  cursor,
  instant,
  isoDate,
  micros,
  nextCursor,
  pageLimit,
  platformId,
} from './primitives.ts';

export const liveLevels = ['workspace', 'account', 'campaign', 'ad-group', 'ad'] as const;
export type LiveLevel = (typeof liveLevels)[number];

/** Minutes are kept for days, but nobody draws more than three hours of them. */
export const mostLiveMinutes = 180;
export const defaultLiveMinutes = 60;

const minutes = z
  .pipe(
    z.string().check(z.regex(/^\d{1,3}$/, 'a whole number from 1 to 180')),
    z.pipe(
      z.transform((text: string) => Number(text)),
      z.int().check(z.minimum(1), z.maximum(mostLiveMinutes)),
    ),
  )
  .register(z.globalRegistry, { description: 'The last so many minutes, the running one with them; 60 by default' });

const question = {
  minutes: z.optional(minutes),
  level: z
    .optional(z.enum(liveLevels))
    .register(z.globalRegistry, { description: 'What a row is of; `campaign` by default' }),
  platform: z.optional(platformId),
  accountId: z.optional(accountId),
  campaignId: z.optional(campaignId),
  limit: z.optional(pageLimit),
};
export const liveQuery = z.strictObject({ ...question, cursor: z.optional(cursor) });
export type LiveQuery = z.infer<typeof liveQuery>;
export const liveEventsQuery = z.strictObject(question);

const whole = z.int();
export const liveValues = z
  .object({
    events: whole.clone().register(z.globalRegistry, { description: 'Events counted' }),
    late: count.clone().register(z.globalRegistry, {
      description: 'Events that came more than 24 hours after they happened: told, and counted nowhere else',
    }),
    impressions: whole,
    clicks: whole,
    spendMicros: micros,
    conversions: z.number().register(z.globalRegistry, { description: 'As the platforms report them' }),
    conversionValueMicros: micros,
    orders: whole.clone().register(z.globalRegistry, {
      description: 'Of the site itself; never to be added to `conversions`, which may be of the same sale',
    }),
    revenueMicros: micros,
    refundsMicros: micros,
    leads: whole,
  })
  .register(z.globalRegistry, {
    id: 'LiveValues',
    description: 'Sums of events; negative where corrections take back more than is there',
  });
export type LiveValues = z.infer<typeof liveValues>;

export const liveMinute = z.object({ at: instant, values: liveValues }).register(z.globalRegistry, {
  id: 'LiveMinute',
  description: 'A minute of UTC by its start, in `currency` of the answer',
});

export const paceStatuses = ['ahead', 'on-track', 'behind', 'exhausted', 'no-budget'] as const;
export type PaceStatus = (typeof paceStatuses)[number];

export const dayProfile = z
  .object({
    source: z.enum(['account-history', 'flat']),
    days: count.clone().register(z.globalRegistry, { description: 'Days of the account it was estimated from' }),
  })
  .register(z.globalRegistry, {
    id: 'DayProfile',
    description:
      'How a day’s spend is expected to spread over its hours: as on the account’s past days, or evenly where there are too few',
  });

export const livePace = z
  .object({
    status: z.enum(paceStatuses),
    dailyBudgetMicros: z.nullable(micros),
    expectedMicros: z.nullable(micros).register(z.globalRegistry, {
      description: 'What of the budget is spent by now on a usual day; null without a budget',
    }),
    ratio: z
      .nullable(z.number())
      .register(z.globalRegistry, { description: 'Spent by expected; null where nothing is expected yet' }),
    exhaustedAt: z.nullable(instant).register(z.globalRegistry, {
      description:
        'When the budget is spent if the day goes on as it began; null when it lasts, is spent already, or it is too early to say',
    }),
    profile: z.nullable(dayProfile),
  })
  .register(z.globalRegistry, { id: 'LivePace', description: 'Today’s spend beside the daily budget' });
export type LivePace = z.infer<typeof livePace>;

export const liveProjection = z
  .discriminatedUnion('kind', [
    z.object({
      kind: z.enum(['projected']),
      spendMicros: micros,
      lowMicros: micros,
      highMicros: micros,
      level: z.number().register(z.globalRegistry, { description: 'How often the interval holds the day’s end: 0.8' }),
      method: z.enum(['share-of-day']),
      days: count.clone().register(z.globalRegistry, { description: 'Past days it was estimated from' }),
      capMicros: z.nullable(micros).register(z.globalRegistry, {
        description:
          'What the platform may spend of the budget on one day, which the projection never passes; null without a budget',
      }),
    }),
    z.object({
      kind: z.enum(['insufficient-data']),
      reason: z.enum(['too-few-days', 'too-early', 'no-spend-today']),
      days: count,
      needed: count.clone().register(z.globalRegistry, { description: 'Past days with spend that a projection needs' }),
    }),
  ])
  .register(z.globalRegistry, { id: 'LiveProjection', description: 'What the day comes to by its end' });
export type LiveProjection = z.infer<typeof liveProjection>;

export const liveRow = z
  .object({
    platform: z.nullable(platformId),
    accountId: z.nullable(accountId),
    accountName: z.nullable(z.string()),
    campaignId: z.nullable(campaignId),
    campaignName: z.nullable(z.string()),
    adGroupId: z.nullable(adGroupId),
    adGroupName: z.nullable(z.string()),
    adId: z.nullable(adId),
    adName: z.nullable(z.string()),
    currency: z
      .nullable(currency)
      .register(z.globalRegistry, { description: 'Of all money in the row; null where there is none' }),
    /** Sums of the minutes asked for. */
    values: liveValues,
    today: z.object({ date: isoDate, spendMicros: micros }).register(z.globalRegistry, {
      description: 'The running day where the account is; of UTC for events of no account',
    }),
    pace: z
      .nullable(livePace)
      .register(z.globalRegistry, { description: 'Of campaigns and ad groups; null at other levels' }),
    projection: z.nullable(liveProjection).register(z.globalRegistry, {
      description: 'Of campaigns and accounts; null beneath, and in another currency than the account’s',
    }),
  })
  .register(z.globalRegistry, { id: 'LiveRow', description: 'One object in one currency' });
export type LiveRow = z.infer<typeof liveRow>;

export const liveFreshness = z
  .object({
    newestMinute: z
      .nullable(instant)
      .register(z.globalRegistry, { description: 'The newest of the minutes in which something was counted' }),
    lagSeconds: z
      .nullable(z.int())
      .register(z.globalRegistry, { description: 'From the start of that minute until now' }),
    accounts: z.array(
      z.object({
        accountId,
        accountName: z.string(),
        newestMinute: z.nullable(instant),
        polledAt: z.nullable(instant).register(z.globalRegistry, {
          description: 'When the platform was last asked for the running day; null when it was not yet',
        }),
      }),
    ),
  })
  .register(z.globalRegistry, { id: 'LiveFreshness' });

export const liveAnswer = z
  .object({
    at: instant,
    level: z.enum(liveLevels),
    currency: currency.clone().register(z.globalRegistry, {
      description: 'The workspace’s own; money of minutes and totals is converted into it',
    }),
    minutes: z.array(liveMinute).register(z.globalRegistry, {
      description: 'All of them, oldest first; those in which nothing happened with zeros',
    }),
    totals: liveValues,
    currencies: z
      .array(z.object({ currency: z.nullable(currency), values: liveValues }))
      .register(z.globalRegistry, { description: 'The same minutes as they were spent, a currency each' }),
    unconverted: z.array(currency).register(z.globalRegistry, {
      description:
        'Currencies without a rate: their money is missing from minutes, totals and today, their counts are not',
    }),
    today: z
      .object({
        values: liveValues,
        budgetMicros: z
          .nullable(micros)
          .register(z.globalRegistry, { description: 'Daily budgets of enabled campaigns; null without one' }),
        expectedMicros: z.nullable(micros),
        projection: liveProjection,
      })
      .register(z.globalRegistry, {
        description: 'The running day of every account, each by its own clock, in `currency`',
      }),
    rows: z.array(liveRow).register(z.globalRegistry, { description: 'By spend of today, the most first' }),
    freshness: liveFreshness,
    nextCursor,
  })
  .register(z.globalRegistry, { id: 'LiveAnswer' });
export type LiveAnswer = z.infer<typeof liveAnswer>;

/** What a stream says first, and then whenever something has changed. */
export const liveEvent = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.enum(['state']), state: liveAnswer }),
    z.object({
      kind: z.enum(['change']),
      at: instant,
      from: instant.clone().register(z.globalRegistry, { description: 'Minutes before it are out of the window' }),
      minutes: z.array(liveMinute).register(z.globalRegistry, { description: 'New and changed ones' }),
      rows: z
        .array(z.object({ index: count, row: liveRow }))
        .register(z.globalRegistry, { description: 'Places that hold another row, or a changed one, than before' }),
      rowCount: count,
      totals: liveValues,
      currencies: z.array(z.object({ currency: z.nullable(currency), values: liveValues })),
      unconverted: z.array(currency),
      today: liveAnswer.shape.today,
      freshness: liveFreshness,
    }),
  ])
  .register(z.globalRegistry, { id: 'LiveEvent' });
export type LiveEvent = z.infer<typeof liveEvent>;
