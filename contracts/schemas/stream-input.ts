/** Events and conversions as senders write them; `contracts/streams/stream-event.ts` is what becomes of them. */
import * as z from 'zod/mini';
import { consentStates, type MeasureName, measureNames } from '../streams/stream-event.ts';
import { accountId, adGroupId, adId, campaignId, currency, instant, micros, platformId } from './primitives.ts';

/** Events of one request, and bytes of its body. */
export const mostEvents = 500;

export const inputKinds = ['impression', 'click', 'cost', 'conversion', 'refund', 'correction', 'lead'] as const;
export type InputKind = (typeof inputKinds)[number];

const whyNeeded = 'is required: an event is known by its id and time, so that a repeat is counted once';
const isMissing = (issue: { readonly input?: unknown }): string | undefined =>
  issue.input === undefined ? whyNeeded : undefined;

const inputId = z
  .string({ error: isMissing })
  .check(z.regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters'))
  .register(z.globalRegistry, {
    description: 'Yours, the same whenever you send the event again; with `occurredAt` it is counted once',
  });
const inputTime = z.iso
  .datetime({ error: (issue) => isMissing(issue) ?? 'must be a UTC instant such as 2026-11-01T08:30:00.000Z' })
  .register(z.globalRegistry, { description: 'When it happened, UTC: `2026-11-01T08:30:00.000Z`' });

const text = (most: number) => z.string().check(z.minLength(1), z.maxLength(most));
const platformReference = z
  .strictObject({ platform: platformId, platformId: z.string().check(z.regex(/^[\x21-\x7e]{1,64}$/)) })
  .register(z.globalRegistry, { id: 'PlatformReference', description: 'A thing by the id its platform gave it' });
export type PlatformReference = z.infer<typeof platformReference>;

const reference = (own: typeof accountId, of: string) =>
  z.optional(z.union([own, platformReference], `must be an id such as ${of}_… or { platform, platformId }`));

/** What it belongs to, as far as the sender knows; what lies above is found by itself. */
const place = {
  accountId: reference(accountId, 'acc'),
  campaignId: reference(campaignId, 'cmp'),
  adGroupId: reference(adGroupId, 'adg'),
  adId: reference(adId, 'ad'),
};

const clickId = z.optional(text(256));
export const clickIdsInput = z
  .strictObject({ gclid: clickId, gbraid: clickId, wbraid: clickId, ttclid: clickId, liFatId: clickId })
  .register(z.globalRegistry, { id: 'ClickIds', description: 'Ids by which a platform finds the click that led here' });

const consentState = z._default(z.enum(consentStates), 'unknown');
export const consentInput = z
  .strictObject({ adStorage: consentState, adUserData: consentState, adPersonalization: consentState })
  .register(z.globalRegistry, {
    id: 'Consent',
    description:
      'What the person agreed to. Without `adUserData` granted identifiers are dropped, without `adStorage` click ids; what is not said is not granted',
  });

const attributes = z
  .record(text(64), z.string().check(z.maxLength(512)))
  .check(z.refine((given) => Object.keys(given).length <= 20, 'must have at most 20 entries'))
  .register(z.globalRegistry, { description: 'Up to 20 short texts of your own; nothing personal' });

const amount = micros.check(z.minimum(0), z.maximum(1_000_000_000_000_000));
const howMany = z.int().check(z.minimum(1), z.maximum(1_000_000_000));
const change = z.optional(z.int().check(z.minimum(-1_000_000_000_000_000), z.maximum(1_000_000_000_000_000)));

export const eventInput = z
  .strictObject({
    id: inputId,
    kind: z.enum(inputKinds),
    occurredAt: inputTime,
    ...place,
    count: z
      .optional(howMany)
      .register(z.globalRegistry, { description: 'Impressions, clicks and leads: how many; 1 where it is not said' }),
    amountMicros: z
      .optional(amount)
      .register(z.globalRegistry, { description: 'Costs: what was spent, in the account’s currency' }),
    valueMicros: z.optional(amount).register(z.globalRegistry, {
      description: 'Conversions: what the order is worth; refunds: what was given back',
    }),
    currency: z.optional(currency),
    orderId: z.optional(text(256)),
    appliesTo: z.optional(instant).register(z.globalRegistry, {
      description: 'Refunds and corrections: when that happened which they take back; they count there',
    }),
    measures: z
      .optional(
        z.strictObject(
          Object.fromEntries(measureNames.map((name) => [name, change])) as Record<MeasureName, typeof change>,
        ),
      )
      .register(z.globalRegistry, { description: 'Corrections: what to add, negative to take back' }),
    clickIds: z.optional(clickIdsInput),
    consent: z.optional(consentInput),
    attributes: z.optional(attributes),
  })
  .register(z.globalRegistry, { id: 'EventInput', description: 'One thing that happened' });
export type EventInput = z.infer<typeof eventInput>;

const identifier = (what: string) =>
  text(320).register(z.globalRegistry, { description: `${what}, in clear or as the hex of its SHA-256` });
/** One or several: people have more than one address. */
const identifiersOf = (what: string, most: number) =>
  z.optional(z.union([identifier(what), z.array(identifier(what)).check(z.minLength(1), z.maxLength(most))]));

export const userIdentifiers = z
  .strictObject({
    // Of an address in clear two forms may be kept, and five are all there is room for.
    email: identifiersOf('E-mail address', 2),
    phone: identifiersOf('Telephone number with its country code, +49 …', 5),
    firstName: z.optional(identifier('First name')),
    lastName: z.optional(identifier('Last name')),
    externalId: identifiersOf('Your own id of the person', 5),
  })
  .register(z.globalRegistry, {
    id: 'UserIdentifiers',
    description: 'Normalised and hashed on arrival; never stored or logged in clear',
  });
export type UserIdentifiers = z.infer<typeof userIdentifiers>;

const utmPart = z.optional(text(256));
export const utmInput = z
  .strictObject({ source: utmPart, medium: utmPart, campaign: utmPart, content: utmPart, term: utmPart })
  .register(z.globalRegistry, { id: 'Utm', description: 'Campaign parameters of the landing page' });
export const conversionInput = z
  .strictObject({
    id: inputId,
    kind: z._default(z.enum(['conversion', 'refund']), 'conversion'),
    occurredAt: inputTime,
    orderId: text(256),
    valueMicros: amount,
    currency,
    ...place,
    appliesTo: z
      .optional(instant)
      .register(z.globalRegistry, { description: 'Refunds: when the order was placed; it is taken back there' }),
    clickIds: z.optional(clickIdsInput),
    utm: z.optional(utmInput),
    consent: z.optional(consentInput),
    identifiers: z.optional(userIdentifiers),
  })
  .register(z.globalRegistry, { id: 'ConversionInput', description: 'An order, or its refund, told by your server' });
export type ConversionInput = z.infer<typeof conversionInput>;

const several = z.optional(z.array(z.unknown()).check(z.minLength(1), z.maxLength(mostEvents)));
/** One event itself, or a list of them; each is checked on its own, so that one that is wrong stops no other. */
export const eventsBody = z.looseObject({ events: several });
export const conversionsBody = z.looseObject({ conversions: several });

export const documentedEvents = z
  .union([eventInput, z.object({ events: z.array(eventInput).check(z.minLength(1), z.maxLength(mostEvents)) })])
  .register(z.globalRegistry, { id: 'EventsBody', description: `One event, or up to ${mostEvents} as \`events\`` });
export const documentedConversions = z
  .union([
    conversionInput,
    z.object({ conversions: z.array(conversionInput).check(z.minLength(1), z.maxLength(mostEvents)) }),
  ])
  .register(z.globalRegistry, {
    id: 'ConversionsBody',
    description: `One conversion, or up to ${mostEvents} as \`conversions\``,
  });

/** What a sender may want to know of something that was taken all the same. */
export const eventNotes = ['late', 'click-ids-dropped', 'identifiers-dropped', 'identifier-unusable'] as const;
export type EventNote = (typeof eventNotes)[number];

const which = {
  index: z.int().register(z.globalRegistry, { description: 'Its place in what was sent, from 0' }),
  id: z.nullable(z.string()),
};
export const receivedEvents = z
  .object({
    accepted: z
      .int()
      .register(z.globalRegistry, { description: 'How many are on their way; repeats are dropped later' }),
    refused: z
      .array(z.object({ ...which, problems: z.array(z.object({ field: z.string(), message: z.string() })) }))
      .register(z.globalRegistry, { description: 'Those that were not taken, each with all that is wrong with it' }),
    notes: z.array(z.object({ ...which, notes: z.array(z.enum(eventNotes)) })).register(z.globalRegistry, {
      description:
        '`late`: kept and counted as late, its window is closed; `click-ids-dropped`, `identifiers-dropped`: consent was missing; `identifier-unusable`: not an address, or a number without its country',
    }),
  })
  .register(z.globalRegistry, { id: 'ReceivedEvents' });
export type ReceivedEvents = z.infer<typeof receivedEvents>;
