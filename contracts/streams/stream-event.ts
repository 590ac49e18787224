/**
 * What travels on the stream: one thing that happened, or one correction of it. The zod schema is what handlers work with, the Avro
 * schema beside it is what is on the wire; a test holds them together. Schemas that were released stand in `released/`, and stay
 * readable for good.
 */
import * as z from 'zod/mini';
import { accountId, adGroupId, adId, campaignId, currency, platformId, workspaceId } from '../schemas/primitives.ts';

/** Texts on the wire, so that a reader of an earlier release refuses a kind it does not know by name. */
export const eventKinds = [
  'impression',
  'click',
  'cost',
  'conversion',
  'refund',
  'correction',
  'lead',
  'status',
  /** What a platform has counted since it was asked before: impressions, clicks, spend and its own conversions in one. */
  'platform-metrics',
] as const;

/** By which way it came in. */
export const eventSources = ['api', 'conversion-api', 'pixel', 'webhook', 'poller', 'kafka'] as const;
export type EventSource = (typeof eventSources)[number];

/** What a person has agreed to; `unknown` where nobody was asked, which is treated as denied wherever it matters. */
export const consentStates = ['granted', 'denied', 'unknown'] as const;

/**
 * What one event adds to its windows; negative in corrections. Counts are whole, conversions are millionths, money is micros of the
 * event's currency. `conversions…` are what the platform says, `orders` and `revenue` what the site says: never added up.
 */
/** What platforms report, and the poller asks for. */
export const platformMeasures = [
  'impressions',
  'clicks',
  'spendMicros',
  'conversionsMicros',
  'conversionValueMicros',
] as const;
export type PlatformMeasure = (typeof platformMeasures)[number];

export const measureNames = [
  ...platformMeasures,
  // What the site itself tells.
  'orders',
  'revenueMicros',
  'refundsMicros',
  'leads',
] as const;
export type MeasureName = (typeof measureNames)[number];

/**
 * Four billions of a currency's unit in one event. Avro's longs are exact up to 2^52 either way in the library that writes them (avsc
 * answers a wrong number beyond, and no error).
 */
export const mostMeasure = 4_000_000_000_000_000;
const measure = z.int().check(z.minimum(-mostMeasure), z.maximum(mostMeasure));

/** Epoch milliseconds, from 2020 to 2100. */
const epochMillis = z.int().check(z.minimum(1_577_836_800_000), z.maximum(4_102_444_800_000));
const shortText = z.string().check(z.minLength(1), z.maxLength(256));
const sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));

export const eventId = z
  .string()
  .check(z.regex(/^[\x21-\x7e]{1,128}$/))
  .register(z.globalRegistry, {
    description: 'Given by who sends the event, up to 128 visible ASCII characters; with its time it is counted once',
  });

/** Ids by which a platform finds the click that led here. */
export const clickIds = z.object({
  gclid: z.nullable(shortText),
  gbraid: z.nullable(shortText),
  wbraid: z.nullable(shortText),
  ttclid: z.nullable(shortText),
  liFatId: z.nullable(shortText),
});

export const consent = z.object({
  adStorage: z.enum(consentStates),
  adUserData: z.enum(consentStates),
  adPersonalization: z.enum(consentStates),
});

/** SHA-256 of normalised identifiers, lower-case hex; what was sent in clear is never stored. */
export const hashedIdentifiers = z.object({
  emails: z.array(sha256).check(z.maxLength(5)),
  phones: z.array(sha256).check(z.maxLength(5)),
  firstName: z.nullable(sha256),
  lastName: z.nullable(sha256),
  externalIds: z.array(sha256).check(z.maxLength(5)),
});

export const streamEvent = z.object({
  id: eventId,
  workspaceId,
  kind: z.enum(eventKinds),
  source: z.enum(eventSources),
  /** When it happened. With the id it is what an event is known by. */
  occurredAt: epochMillis,
  receivedAt: epochMillis,
  /** Refunds and corrections: when that happened which they take back; they count there. */
  appliesTo: z.nullable(epochMillis),
  platform: z.nullable(platformId),
  accountId: z.nullable(accountId),
  campaignId: z.nullable(campaignId),
  adGroupId: z.nullable(adGroupId),
  adId: z.nullable(adId),
  /** Of all money in it; null where there is none. */
  currency: z.nullable(currency),
  measures: z.object(
    Object.fromEntries(measureNames.map((name) => [name, measure])) as Record<MeasureName, typeof measure>,
  ),
  orderId: z.nullable(shortText),
  clickIds: z.nullable(clickIds),
  consent: z.nullable(consent),
  identifiers: z.nullable(hashedIdentifiers),
  /** What else it says, e.g. the status of an object and which: at most 20 short texts. */
  attributes: z.record(z.string().check(z.maxLength(64)), z.string().check(z.maxLength(512))),
});
export type StreamEvent = z.infer<typeof streamEvent>;
export type StreamMeasures = StreamEvent['measures'];

const nullable = (type: unknown, name: string) => ({ name, type: ['null', type], default: null });
const consentField = (name: string) => ({ name, type: 'ConsentState' });

/** The newest version, as it is registered. A change of it is a new file in `released/`; `npm run check` says whether it may be. */
export const streamEventAvro = {
  type: 'record',
  name: 'StreamEvent',
  namespace: 'conext',
  fields: [
    { name: 'id', type: 'string' },
    { name: 'workspaceId', type: 'string' },
    { name: 'kind', type: 'string' },
    { name: 'source', type: 'string' },
    { name: 'occurredAt', type: 'long' },
    { name: 'receivedAt', type: 'long' },
    nullable('long', 'appliesTo'),
    nullable('string', 'platform'),
    nullable('string', 'accountId'),
    nullable('string', 'campaignId'),
    nullable('string', 'adGroupId'),
    nullable('string', 'adId'),
    nullable('string', 'currency'),
    {
      name: 'measures',
      type: {
        type: 'record',
        name: 'Measures',
        fields: measureNames.map((name) => ({ name, type: 'long', default: 0 })),
      },
    },
    nullable('string', 'orderId'),
    nullable(
      {
        type: 'record',
        name: 'ClickIds',
        fields: ['gclid', 'gbraid', 'wbraid', 'ttclid', 'liFatId'].map((name) => nullable('string', name)),
      },
      'clickIds',
    ),
    nullable(
      {
        type: 'record',
        name: 'Consent',
        fields: [
          { name: 'adStorage', type: { type: 'enum', name: 'ConsentState', symbols: [...consentStates] } },
          consentField('adUserData'),
          consentField('adPersonalization'),
        ],
      },
      'consent',
    ),
    nullable(
      {
        type: 'record',
        name: 'HashedIdentifiers',
        fields: [
          { name: 'emails', type: { type: 'array', items: 'string' }, default: [] },
          { name: 'phones', type: { type: 'array', items: 'string' }, default: [] },
          nullable('string', 'firstName'),
          nullable('string', 'lastName'),
          { name: 'externalIds', type: { type: 'array', items: 'string' }, default: [] },
        ],
      },
      'identifiers',
    ),
    { name: 'attributes', type: { type: 'map', values: 'string' }, default: {} },
  ],
} as const;

/** The name of the schema in the registry. */
export const streamEventSchemaName = 'stream-event';
