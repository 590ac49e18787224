import * as z from 'zod/mini';
import { platformMeasures } from '../streams/stream-event.ts';
import { accountId, count, currency, instant, isoDate, micros, platformId, timeZone } from './primitives.ts';

export const differenceParts = [
  'otherSenders',
  'missing',
  'notPolled',
  'restated',
  'notLoaded',
  'betweenGrains',
  'unexplained',
] as const;
export type DifferencePart = (typeof differenceParts)[number];

export const differenceReasons = [
  'own-events',
  'on-the-way',
  'lost',
  'never-polled',
  'still-running',
  'polling-ended',
  'changed-after',
  'load-older',
  'account-report',
  'poll-forgotten',
  'load-time-unknown',
] as const;
export type DifferenceReason = (typeof differenceReasons)[number];

export const reconciliationQuery = z.strictObject({
  date: isoDate,
  platform: z.optional(platformId),
  accountId: z.optional(accountId),
});

export const differencePart = z
  .object({
    part: z.enum(differenceParts).register(z.globalRegistry, {
      description:
        '`otherSenders`: counted, but not told by the platform; `missing`: told by the platform when it was polled and not counted; `notPolled`: came when the platform was not asked; `restated`: what the platform credited or took back after the last poll; `notLoaded`: came after the facts were loaded; `betweenGrains`: the account’s report says other than its campaigns together; `unexplained`: the rest',
    }),
    reason: z.enum(differenceReasons),
    amount: z.int().register(z.globalRegistry, { description: 'What it adds to `stream` on the way to `batch`' }),
    because: z.string().register(z.globalRegistry, { description: 'The reason as a sentence' }),
  })
  .register(z.globalRegistry, { id: 'DifferencePart' });

const whole = z.int();
export const measureReconciliation = z
  .object({
    measure: z.enum(platformMeasures).register(z.globalRegistry, {
      description: 'Conversions are in millionths, so that fractions of one add up exactly',
    }),
    stream: whole.clone().register(z.globalRegistry, { description: 'Counted by the stream' }),
    polled: z.nullable(whole).register(z.globalRegistry, {
      description: 'What the platform said when it was last polled; null when that is not known',
    }),
    batch: z.nullable(whole).register(z.globalRegistry, {
      description: 'Facts of the account’s own report; null when none are loaded or the platform reports none',
    }),
    difference: z.nullable(whole).register(z.globalRegistry, { description: '`batch` less `stream`' }),
    parts: z.array(differencePart).register(z.globalRegistry, {
      description: 'Their amounts add up to `difference`; those that come to nothing are left out',
    }),
  })
  .register(z.globalRegistry, { id: 'MeasureReconciliation' });
export type MeasureReconciliation = z.infer<typeof measureReconciliation>;

export const siteCounts = z
  .object({
    orders: whole,
    money: z.array(z.object({ currency, revenueMicros: micros, refundsMicros: micros })),
  })
  .register(z.globalRegistry, {
    id: 'SiteCounts',
    description:
      'What the site itself says, a currency each: attribution beside the platform’s conversions, which may be of the same sale and are never subtracted',
  });
export type SiteCounts = z.infer<typeof siteCounts>;

export const lateCounts = z
  .object({
    thatDay: count.clone().register(z.globalRegistry, { description: 'Came on that day, too late for days before it' }),
    nextDay: count
      .clone()
      .register(z.globalRegistry, { description: 'Came the day after; those too late for that day among them' }),
  })
  .register(z.globalRegistry, {
    id: 'LateCounts',
    description:
      'Events that came more than 24 hours after they happened: counted by number alone, what they say of money is in the lake',
  });

export const accountReconciliation = z
  .object({
    accountId,
    accountName: z.string(),
    platform: platformId,
    currency: currency.clone().register(z.globalRegistry, { description: 'Of all its money but the site’s' }),
    timeZone,
    poll: z
      .discriminatedUnion('kind', [
        z.object({
          kind: z.enum(['polled']),
          at: instant
            .clone()
            .register(z.globalRegistry, { description: 'The last time the platform was asked for the day' }),
          afterDay: z.boolean().register(z.globalRegistry, { description: 'Whether the day was over by then' }),
        }),
        z.object({ kind: z.enum(['never']) }),
        z.object({ kind: z.enum(['forgotten']) }),
      ])
      .register(z.globalRegistry, { description: '`forgotten`: what a platform said is kept for 35 days' }),
    load: z.discriminatedUnion('kind', [
      z.object({
        kind: z.enum(['loaded']),
        changedAt: z.nullable(instant).register(z.globalRegistry, {
          description: 'When a load last changed a fact of the day; null where the facts do not say',
        }),
      }),
      z.object({ kind: z.enum(['none']) }),
    ]),
    measures: z.array(measureReconciliation),
    late: lateCounts,
    site: siteCounts,
  })
  .register(z.globalRegistry, { id: 'AccountReconciliation' });
export type AccountReconciliation = z.infer<typeof accountReconciliation>;

export const reconciliationAnswer = z
  .object({
    date: isoDate.clone().register(z.globalRegistry, {
      description: 'Of each account by its own clock; of UTC for events of no account',
    }),
    at: instant,
    accounts: z.array(accountReconciliation).register(z.globalRegistry, {
      description: 'Enabled ones, and others that have numbers. Repeats of an event are dropped before it is counted',
    }),
    elsewhere: z.nullable(z.object({ site: siteCounts, late: lateCounts })).register(z.globalRegistry, {
      description: 'Events that name no account; null when one platform or account is asked for',
    }),
  })
  .register(z.globalRegistry, { id: 'ReconciliationAnswer' });
export type ReconciliationAnswer = z.infer<typeof reconciliationAnswer>;
