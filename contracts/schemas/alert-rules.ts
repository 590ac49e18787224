import * as z from 'zod/mini';
import { accountId, campaignId, currency, instant, micros, platformId, prefixedId } from './primitives.ts';

/** What is watched and when somebody is told of it. */
export const alertRuleId = prefixedId('alr', 'Alert rule id');
export const alertWebhookId = prefixedId('alw', 'Id of a webhook of an alert rule');
export const alertRulePath = z.strictObject({ ruleId: alertRuleId });
export const alertWebhookPath = z.strictObject({ ruleId: alertRuleId, webhookId: alertWebhookId });

/** What one workspace may have, so that every rule is looked at every minute. */
export const mostRules = 200;
export const mostWebhooks = 5;
export const mostRecipients = 10;

/** Sums that are counts; `conversions` are the platform's, with fractions, `orders` and `leads` the site's. */
export const countMetrics = ['events', 'impressions', 'clicks', 'conversions', 'orders', 'leads'] as const;
/** Sums that are money, micros of the account's currency. */
export const moneyMetrics = ['spendMicros', 'conversionValueMicros', 'revenueMicros', 'refundsMicros'] as const;
/** Ratios of sums; none where the denominator is zero. The denominators: impressions, clicks, conversions, orders, spend, spend. */
export const ratioMetrics = ['ctr', 'cpcMicros', 'cpaMicros', 'costPerOrderMicros', 'roas', 'siteRoas'] as const;
export const alertMetrics = [...countMetrics, ...moneyMetrics, ...ratioMetrics] as const;
export type AlertMetric = (typeof alertMetrics)[number];

const metric = z.enum(alertMetrics).register(z.globalRegistry, {
  description:
    'Money in micros. `ctr` clicks by impressions, `cpcMicros` spend by clicks, `cpaMicros` spend by the platform’s conversions, `costPerOrderMicros` spend by the site’s orders, `roas` the platform’s conversion value by spend, `siteRoas` revenue less refunds by spend: none where the denominator is zero',
});
const volumeMetrics = [...countMetrics, ...moneyMetrics] as const;
export type VolumeMetric = (typeof volumeMetrics)[number];
const minimum = (description: string) =>
  z
    .strictObject({ metric: z.enum(volumeMetrics), value: z.number().check(z.gt(0)) })
    .register(z.globalRegistry, { description });

export const windowUnits = ['minutes', 'hours', 'days'] as const;
/** The longest window of each unit. */
export const longestWindow = { minutes: 180, hours: 72, days: 28 } as const;
const window = z
  .strictObject({ unit: z.enum(windowUnits), length: z.int().check(z.minimum(1), z.maximum(longestWindow.minutes)) })
  .check(
    z.refine(({ unit, length }) => length <= longestWindow[unit], {
      message: `at most ${longestWindow.minutes} minutes, ${longestWindow.hours} hours or ${longestWindow.days} days`,
      path: ['length'],
    }),
  )
  .register(z.globalRegistry, {
    description:
      'Complete ones alone: the last minutes and the last account-local hours of live events, the last account-local days of loaded facts',
  });
export type AlertWindow = z.infer<typeof window>;

const threshold = z.strictObject({
  kind: z.enum(['threshold']),
  metric,
  window,
  is: z.enum(['above', 'below']),
  value: z.number().check(z.minimum(0), z.maximum(Number.MAX_SAFE_INTEGER)),
  minimum: z.optional(minimum('Below this volume the window says nothing')),
});
const rateOfChange = z.strictObject({
  kind: z.enum(['rate-of-change']),
  metric,
  window,
  moves: z.enum(['up', 'down']),
  by: z
    .number()
    .check(z.gt(0), z.maximum(100))
    .register(z.globalRegistry, { description: 'At least this fraction of what it is compared with; 0.5 is half' }),
  against: z.enum(['window-before', 'same-hours']).register(z.globalRegistry, {
    description: '`same-hours`: the median of the same hours of the seven days before; for windows of hours',
  }),
  minimum: minimum('The larger of the two windows must have this much, so that one click becoming three alarms nobody'),
});
const noResults = z.strictObject({
  kind: z.enum(['no-results']),
  result: z.enum(['conversions', 'orders', 'leads']),
  window,
  spendMicros: micros.check(z.minimum(1)).register(z.globalRegistry, { description: 'Spent without a single result' }),
});
const pacing = z.strictObject({
  kind: z.enum(['pacing']),
  is: z.enum(['ahead', 'behind']),
  factor: z.number().check(z.gt(1), z.maximum(20)).register(z.globalRegistry, {
    description: 'Of what the daily budget plans by this time of the account’s day: 1.3 is 30 % ahead, or behind',
  }),
});
const missingData = z.strictObject({
  kind: z.enum(['missing-data']),
  measure: z.enum(countMetrics),
  minutes: z.int().check(z.minimum(10), z.maximum(longestWindow.minutes)),
});
export const alertCondition = z
  .discriminatedUnion('kind', [threshold, rateOfChange, noResults, pacing, missingData])
  .register(z.globalRegistry, { id: 'AlertCondition', description: 'When an alert opens' });
export type AlertCondition = z.infer<typeof alertCondition>;

export const watchedKinds = ['workspace', 'account', 'campaign'] as const;
export const alertScope = z
  .strictObject({
    each: z.enum(watchedKinds).register(z.globalRegistry, {
      description:
        'What is looked at one by one, each with an alert of its own. `workspace`: all of it as one, counts alone',
    }),
    platform: z.optional(platformId),
    accountId: z.optional(accountId),
    campaignIds: z.optional(z.array(campaignId).check(z.minLength(1), z.maxLength(200))),
    currency: z
      .optional(currency)
      .register(z.globalRegistry, { description: 'Only accounts of this currency, for amounts of money' }),
  })
  .register(z.globalRegistry, {
    id: 'AlertScope',
    description: 'What a rule watches; all of the workspace by default',
  });
export type AlertScope = z.infer<typeof alertScope>;

export const severities = ['info', 'warning', 'critical'] as const;

const name = z.string().check(z.trim(), z.minLength(1), z.maxLength(120));
const email = z
  .string()
  .check(
    z.trim(),
    z.maxLength(254),
    z.regex(/^[^\s@<>",;:\\()[\]]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/, 'an e-mail address'),
  );
/** A week of minutes. */
const waiting = (description: string) =>
  z.int().check(z.minimum(0), z.maximum(10_080)).register(z.globalRegistry, { description });
const chosen = {
  name,
  severity: z.enum(severities),
  enabled: z.boolean(),
  scope: alertScope,
  condition: alertCondition,
  cooldownMinutes: waiting('After an alert was resolved no other of the same object is opened for so long'),
  recoveryMinutes: waiting('An alert is resolved when its condition has not held for so long'),
  emails: z
    .array(email)
    .check(z.maxLength(mostRecipients))
    .register(z.globalRegistry, { description: 'Who gets an e-mail when an alert opens and when it is resolved' }),
};

export const alertWebhook = z
  .object({ id: alertWebhookId, url: z.string(), createdAt: instant })
  .register(z.globalRegistry, { id: 'AlertWebhook' });

export const alertRule = z
  .object({
    id: alertRuleId,
    ...chosen,
    webhooks: z.array(alertWebhook),
    mutedUntil: z.nullable(instant).register(z.globalRegistry, {
      description: 'Until then its alerts are shown in the dashboard and sent nowhere',
    }),
    createdAt: instant,
    createdBy: z.string(),
    changedAt: instant,
  })
  .register(z.globalRegistry, { id: 'AlertRule', description: 'What is watched and when somebody is told of it' });
export type AlertRule = z.infer<typeof alertRule>;
export const alertRuleList = z
  .object({ items: z.array(alertRule) })
  .register(z.globalRegistry, { id: 'AlertRuleList' });

/** What a rule has that does not say. */
export const ruleDefaults = {
  severity: 'warning',
  enabled: true,
  cooldownMinutes: 60,
  recoveryMinutes: 15,
  emails: [] as string[],
} as const satisfies Partial<AlertRule>;

export const newAlertRule = z
  .strictObject({
    ...chosen,
    severity: z.optional(chosen.severity),
    enabled: z.optional(chosen.enabled),
    cooldownMinutes: z.optional(chosen.cooldownMinutes),
    recoveryMinutes: z.optional(chosen.recoveryMinutes),
    emails: z.optional(chosen.emails),
  })
  .register(z.globalRegistry, {
    id: 'NewAlertRule',
    description: `Without them: severity ${ruleDefaults.severity}, enabled, ${ruleDefaults.cooldownMinutes} minutes of cooldown, ${ruleDefaults.recoveryMinutes} of recovery, no e-mail`,
  });
export type NewAlertRule = z.infer<typeof newAlertRule>;

/** Fields that are absent stay as they are. */
export const changeAlertRuleBody = z
  .partial(z.strictObject({ ...chosen, mutedUntil: z.nullable(instant) }))
  .register(z.globalRegistry, { id: 'AlertRuleChange' });

export const newAlertWebhook = z
  .strictObject({
    url: z
      .string()
      .check(z.maxLength(2_000), z.regex(/^https:\/\//, 'an https address'))
      .register(z.globalRegistry, { description: 'https, on the public internet' }),
  })
  .register(z.globalRegistry, { id: 'NewAlertWebhook' });
export const createdAlertWebhook = z
  .extend(alertWebhook, {
    secret: z.string().register(z.globalRegistry, {
      description: 'Signs what is sent there (Standard Webhooks, `whsec_…`); shown this once',
    }),
  })
  .register(z.globalRegistry, { id: 'CreatedAlertWebhook' });

export const removed = z.object({ removed: z.literal(true) }).register(z.globalRegistry, { id: 'Removed' });

export const alertRuleSuggestions = z
  .object({
    items: z.array(z.object({ why: z.string(), rule: newAlertRule })),
  })
  .register(z.globalRegistry, {
    id: 'AlertRuleSuggestions',
    description: 'Rules that a workspace may want; none is made',
  });

export const previewAlertRuleBody = z
  .strictObject({
    scope: alertScope,
    condition: alertCondition,
    cooldownMinutes: z.optional(chosen.cooldownMinutes),
    recoveryMinutes: z.optional(chosen.recoveryMinutes),
  })
  .register(z.globalRegistry, { id: 'AlertRulePreviewRequest' });
export const alertRulePreview = z
  .object({
    from: instant,
    to: instant,
    fired: z.int().register(z.globalRegistry, { description: 'Alerts that the rule would have opened' }),
    objects: z.int().register(z.globalRegistry, { description: 'What was looked at' }),
    examples: z.array(z.object({ at: instant, object: z.string(), message: z.string() })),
    note: z.nullable(z.string()).register(z.globalRegistry, { description: 'What the look back could not see' }),
  })
  .register(z.globalRegistry, { id: 'AlertRulePreview' });
export type AlertRulePreview = z.infer<typeof alertRulePreview>;
