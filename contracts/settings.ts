import * as z from 'zod/mini';

/**
 * Everything that may be set without a release, as one table. A value is looked for from the last layer to the first:
 * workspace overrides, parameter store, stage, default.
 */
export const settingLayers = ['default', 'stage', 'parameter-store', 'workspace'] as const;
export type SettingLayer = (typeof settingLayers)[number];
/** Layers that somebody writes. */
export type WrittenLayer = Exclude<SettingLayer, 'default'>;

export interface SettingDefinition<S extends z.ZodMiniType = z.ZodMiniType> {
  readonly description: string;
  /** What the number counts; `null` where it counts nothing. */
  readonly unit: string | null;
  readonly schema: S;
  /** What must be sent, in words: "must be …". */
  readonly form: string;
  readonly default: z.infer<S>;
  /** Which layers may set it. */
  readonly layers: readonly WrittenLayer[];
}

const setting = <S extends z.ZodMiniType>(definition: SettingDefinition<S>): SettingDefinition<S> => definition;

const everywhere: readonly WrittenLayer[] = ['stage', 'parameter-store', 'workspace'];
/** What concerns our app at the platform, which all workspaces share. */
const operators: readonly WrittenLayer[] = ['stage', 'parameter-store'];

const days = (most: number) => z.int().check(z.minimum(0), z.maximum(most));

const modelId = z.string().check(z.regex(/^[A-Za-z0-9][A-Za-z0-9.:/_-]{2,255}$/));

/** Of a million tokens, in USD micros. */
const tokenPrice = z.int().check(z.minimum(0), z.maximum(1_000_000_000));

const share = z.number().check(z.minimum(0), z.maximum(1));
const shareForm = 'a fraction from 0 to 1';

/** Of contracts/retention.ts, which has the default. */
const kept = (what: string, layers: readonly WrittenLayer[]) =>
  setting({
    description: `How long ${what} are kept`,
    unit: 'days',
    schema: z.nullable(z.int().check(z.minimum(1), z.maximum(36_500))),
    form: 'a whole number of days from 1 to 36500, or null for what the release has',
    default: null,
    layers,
  });

const lookBack = (platform: string) =>
  setting({
    description: `How far back each daily load reads ${platform} again, at least; conversion windows of an account may ask for more`,
    unit: 'days',
    schema: z.nullable(days(365).check(z.minimum(1))),
    form: 'a whole number of days from 1 to 365, or null for the platform’s own',
    default: null,
    layers: everywhere,
  });

export const settings = {
  'lookBack.google-ads.days': lookBack('Google Ads'),
  'lookBack.tiktok-ads.days': lookBack('TikTok Ads'),
  'lookBack.linkedin-ads.days': lookBack('LinkedIn Ads'),
  'lookBack.conversionTypes': setting({
    description:
      'Windows of single conversion types in place of those the platform tells, by `<platform>/<conversion type id>`',
    unit: 'days',
    schema: z.record(z.string().check(z.regex(/^[a-z]+-ads\/\S{1,200}$/)), days(365)),
    form: 'an object of whole days from 0 to 365 by `<platform>/<conversion type id>`',
    default: {},
    layers: everywhere,
  }),
  'lookBack.accounts': setting({
    description:
      'How far back each daily load reads single accounts again, whatever platform and conversion windows say, by `<platform>/<account id>` as the platform writes it',
    unit: 'days',
    schema: z.record(z.string().check(z.regex(/^[a-z]+-ads\/\d{1,30}$/)), days(365).check(z.minimum(1))),
    form: 'an object of whole days from 1 to 365 by `<platform>/<account id>`',
    default: {},
    layers: everywhere,
  }),
  'moderation.review': setting({
    description: 'From which confidence of a model on a text or picture has to be looked at by a person',
    unit: null,
    schema: share,
    form: shareForm,
    default: 0.6,
    layers: everywhere,
  }),
  'moderation.block': setting({
    description: 'And from which on it is not fit to be shown',
    unit: null,
    schema: share,
    form: shareForm,
    default: 0.9,
    layers: everywhere,
  }),
  'review.hours': setting({
    description: 'How long something may wait for a person before it counts as overdue and the alarm is told',
    unit: 'hours',
    schema: z.int().check(z.minimum(1), z.maximum(720)),
    form: 'a whole number of hours from 1 to 720',
    default: 24,
    layers: everywhere,
  }),
  'apiVersion.tiktok-ads': setting({
    description: 'The version of TikTok’s Business API that is asked',
    unit: null,
    schema: z.nullable(z.string().check(z.regex(/^v\d+\.\d+$/))),
    form: 'a version like v1.3, or null for the one this release was made for',
    default: null,
    layers: operators,
  }),
  'apiVersion.linkedin-ads': setting({
    description: 'The version of LinkedIn’s Marketing API that is asked',
    unit: null,
    schema: z.nullable(z.string().check(z.regex(/^20\d{2}(0[1-9]|1[0-2])$/))),
    form: 'a month like 202609, or null for the one this release was made for',
    default: null,
    layers: operators,
  }),
  'rateLevel.tiktok-ads': setting({
    description: 'The level of calls TikTok has granted our app',
    unit: null,
    schema: z.enum(['basic', 'advanced', 'premium']),
    form: 'basic, advanced or premium',
    default: 'basic',
    layers: operators,
  }),
  'extraction.concurrency': setting({
    description: 'Account windows that one run reads at the same time',
    unit: 'windows',
    schema: z.int().check(z.minimum(1), z.maximum(40)),
    form: 'a whole number from 1 to 40',
    default: 3,
    layers: everywhere,
  }),
  'live.pollMinutes': setting({
    description:
      'How often the platforms are asked what the running day has come to; 0 asks them never, and live figures are of what is sent alone',
    unit: 'minutes',
    schema: z.int().check(z.minimum(0), z.maximum(60)),
    form: 'a whole number from 0 to 60',
    default: 5,
    layers: everywhere,
  }),
  // S3 takes these away by rules that only a deployment writes.
  'retention.raw.days': kept('raw answers of the platforms', ['stage']),
  'retention.quarantine.days': kept('refused rows', ['stage']),
  'retention.quality.days': kept('findings of the checks', ['stage']),
  'retention.facts.days': kept('rows of the fact tables', operators),
  'quality.refusedRows.errorShare': setting({
    description: 'Above this share of refused rows a report is an error and no longer a warning',
    unit: null,
    schema: share,
    form: shareForm,
    default: 0.05,
    layers: everywhere,
  }),
  'quality.daysPresent.regularShare': setting({
    description: 'An account with facts on at least this share of its days is expected to have them on every day',
    unit: null,
    schema: share,
    form: shareForm,
    default: 0.8,
    layers: everywhere,
  }),
  'quality.volume.deviations': setting({
    description: 'How far a day may lie from the same weekdays before it, in standard deviations',
    unit: 'standard deviations',
    schema: z.number().check(z.minimum(0.5), z.maximum(100)),
    form: 'a number from 0.5 to 100',
    default: 3.5,
    layers: everywhere,
  }),
  'quality.volume.share': setting({
    description: 'And how far, as a share of their median',
    unit: null,
    schema: z.number().check(z.minimum(0), z.maximum(100)),
    form: 'a number from 0 to 100',
    default: 0.5,
    layers: everywhere,
  }),
  'quality.reconcile.share': setting({
    description: 'Which share of the spend may differ between grains without being told',
    unit: null,
    schema: share,
    form: shareForm,
    default: 0.001,
    layers: everywhere,
  }),
  // For everybody: whoever sends does not set its own limit.
  'events.perSecond': setting({
    description: 'Events that one client, or one pixel, may send; what is allowed in ten seconds may come at once',
    unit: 'events per second',
    schema: z.int().check(z.minimum(1), z.maximum(100_000)),
    form: 'a whole number from 1 to 100000',
    default: 1_000,
    layers: operators,
  }),
  'events.perDay': setting({
    description: 'Events that one client, or one pixel, may send on a day (UTC)',
    unit: 'events per day',
    schema: z.int().check(z.minimum(500), z.maximum(1_000_000_000)),
    form: 'a whole number from 500 to 1000000000',
    default: 20_000_000,
    layers: operators,
  }),
  'copy.model': setting({
    description: 'Which model of Bedrock writes ads',
    unit: null,
    schema: z.nullable(modelId),
    form: 'a model id or the ARN of an inference profile, or null for the built-in writer',
    default: null,
    layers: operators,
  }),
  'copy.prices': setting({
    description: 'What that model costs, as the provider’s price list has it; costs of runs are counted with it',
    unit: 'millionths of a US dollar per million tokens',
    schema: z.nullable(
      z.strictObject({ input: tokenPrice, output: tokenPrice, cacheRead: tokenPrice, cacheWrite: tokenPrice }),
    ),
    form: 'an object of whole numbers from 0 to 1000000000: input, output, cacheRead and cacheWrite; null without a model',
    default: null,
    layers: operators,
  }),
  'copy.timeoutMs': setting({
    description: 'How long one call of that model may take before the built-in writer stands in',
    unit: 'milliseconds',
    schema: z.int().check(z.minimum(1_000), z.maximum(120_000)),
    form: 'a whole number from 1000 to 120000',
    default: 45_000,
    layers: operators,
  }),
  'copy.attempts': setting({
    description: 'How often that model is asked while it throttles or fails',
    unit: 'calls',
    schema: z.int().check(z.minimum(1), z.maximum(5)),
    form: 'a whole number from 1 to 5',
    default: 3,
    layers: operators,
  }),
  'images.model': setting({
    description: 'Which model of Bedrock paints the grounds of pictures',
    unit: null,
    schema: z.nullable(modelId),
    form: 'a model id or the ARN of an inference profile, or null for the built-in one',
    default: null,
    layers: operators,
  }),
  'images.priceMicros': setting({
    description: 'What one picture of that model costs, as the provider’s price list has it',
    unit: 'millionths of a US dollar',
    schema: z.nullable(tokenPrice),
    form: 'a whole number from 0 to 1000000000, or null without a model',
    default: null,
    layers: operators,
  }),
  'images.timeoutMs': setting({
    description: 'How long one picture of that model may take before the built-in one stands in',
    unit: 'milliseconds',
    schema: z.int().check(z.minimum(1_000), z.maximum(120_000)),
    form: 'a whole number from 1000 to 120000',
    default: 60_000,
    layers: operators,
  }),
  'images.attempts': setting({
    description: 'How often that model is asked while it throttles or fails',
    unit: 'calls',
    schema: z.int().check(z.minimum(1), z.maximum(5)),
    form: 'a whole number from 1 to 5',
    default: 2,
    layers: operators,
  }),
  'generation.approval.days': setting({
    description: 'How long generated campaigns wait for somebody to decide on them',
    unit: 'days',
    schema: z.int().check(z.minimum(1), z.maximum(60)),
    form: 'a whole number of days from 1 to 60',
    default: 7,
    layers: everywhere,
  }),
  'alerts.mailFrom': setting({
    description: 'Sender of e-mails about alerts: an address, or one of a domain, that SES has verified',
    unit: null,
    schema: z.nullable(
      z.string().check(z.maxLength(254), z.regex(/^[^\s@<>",;:\\()[\]]+@[A-Za-z0-9.-]+\.[A-Za-z0-9-]+$/)),
    ),
    form: 'an e-mail address, or null to send none',
    default: null,
    layers: operators,
  }),
  'alarm.apiVersion.daysBefore': setting({
    description: 'When to raise the alarm before a platform stops answering the version in use',
    unit: 'days',
    schema: days(365),
    form: 'a whole number of days from 0 to 365',
    default: 45,
    layers: operators,
  }),
  'alarm.grant.daysBefore': setting({
    description: 'When to raise the alarm before a connection’s grant ends and somebody must authorize it again',
    unit: 'days',
    schema: days(365),
    form: 'a whole number of days from 0 to 365',
    default: 21,
    layers: operators,
  }),
} as const;

export type SettingKey = keyof typeof settings;
export type SettingValue<K extends SettingKey> = z.infer<(typeof settings)[K]['schema']>;
export type SettingValues = { readonly [K in SettingKey]: SettingValue<K> };

export const settingKeys = Object.keys(settings) as readonly SettingKey[];
export const isSettingKey = (key: string): key is SettingKey => Object.hasOwn(settings, key);

export interface SettingProblem {
  readonly key: string;
  readonly message: string;
}

export interface CheckedLayer {
  readonly values: Partial<SettingValues>;
  /** All that is wrong, in the order of the keys given. */
  readonly problems: readonly SettingProblem[];
}

/** Reads one layer as somebody wrote it: a JSON object of values by key. What is wrong is left out of the values. */
export function checkLayer(layer: WrittenLayer, given: unknown): CheckedLayer {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return { values: {}, problems: [{ key: '', message: 'must be a JSON object of values by key' }] };
  }
  const values: Record<string, unknown> = {};
  const problems: SettingProblem[] = [];
  for (const [key, value] of Object.entries(given)) {
    const problem = problemOf(layer, key, value);
    if (problem === undefined) values[key] = value;
    else problems.push({ key: key.slice(0, 200), message: problem });
  }
  return { values: values as Partial<SettingValues>, problems };
}

/** Why a key has no place in a layer, whatever its value; `undefined` when it has one. */
export function misplaced(layer: WrittenLayer, key: string): string | undefined {
  if (!isSettingKey(key)) return 'is not a setting';
  const { layers }: SettingDefinition = settings[key];
  return layers.includes(layer) ? undefined : `may not be set here, only in: ${layers.join(', ')}`;
}

function problemOf(layer: WrittenLayer, key: string, value: unknown): string | undefined {
  if (!isSettingKey(key)) return misplaced(layer, key);
  const { schema, form }: SettingDefinition = settings[key];
  return misplaced(layer, key) ?? (schema.safeParse(value).success ? undefined : `must be ${form}`);
}
