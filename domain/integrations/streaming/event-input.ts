import type { ConversionInput, EventInput, EventNote, InputKind } from '../../../contracts/schemas/stream-input.ts';
import {
  type EventSource,
  type MeasureName,
  measureNames,
  type StreamEvent,
  type StreamMeasures,
} from '../../../contracts/streams/stream-event.ts';
import { futureMillis } from '../../../contracts/streams/windows.ts';
import type { FieldError } from '../../errors.ts';
import type { PlatformId } from '../platform.ts';
import { type Consent, deniedConsent, keepConsented, noConsent } from './consent.ts';
import { isLate } from './counters.ts';
import { hashIdentifiers } from './identifiers.ts';

/** What an event belongs to, in ids of ours; null above and below what is known. */
export interface EventPlace {
  readonly platform: PlatformId | null;
  readonly accountId: string | null;
  readonly campaignId: string | null;
  readonly adGroupId: string | null;
  readonly adId: string | null;
  /** Of the account. */
  readonly accountCurrency: string | null;
}

export const nowhere: EventPlace = {
  platform: null,
  accountId: null,
  campaignId: null,
  adGroupId: null,
  adId: null,
  accountCurrency: null,
};

export interface EventContext {
  readonly workspaceId: string;
  readonly source: EventSource;
  /** Epoch milliseconds. */
  readonly receivedAt: number;
  /** The person's browser says no to everything. */
  readonly optedOut?: boolean;
}

export type ComposedEvent =
  | { readonly kind: 'composed'; readonly event: StreamEvent; readonly notes: readonly EventNote[] }
  | { readonly kind: 'refused'; readonly problems: readonly FieldError[] };

type Field = keyof EventInput;
interface KindRule {
  readonly needs: readonly Field[];
  readonly takes: readonly Field[];
  readonly measures: (input: EventInput) => Partial<StreamMeasures>;
}

/** Fields of every kind. */
const shared: readonly Field[] = [
  'id',
  'kind',
  'occurredAt',
  'accountId',
  'campaignId',
  'adGroupId',
  'adId',
  'attributes',
  'consent',
];

/** What each kind says and what it counts. A field that is neither needed nor taken is a mistake of the sender. */
const kindRules: Readonly<Record<InputKind, KindRule>> = {
  impression: { needs: [], takes: ['count'], measures: ({ count = 1 }) => ({ impressions: count }) },
  click: { needs: [], takes: ['count', 'clickIds'], measures: ({ count = 1 }) => ({ clicks: count }) },
  cost: {
    needs: ['amountMicros'],
    takes: ['currency'],
    measures: ({ amountMicros = 0 }) => ({ spendMicros: amountMicros }),
  },
  conversion: {
    needs: [],
    takes: ['valueMicros', 'currency', 'orderId', 'clickIds'],
    measures: ({ valueMicros = 0 }) => ({ orders: 1, revenueMicros: valueMicros }),
  },
  refund: {
    needs: ['orderId', 'valueMicros'],
    takes: ['currency', 'appliesTo', 'clickIds'],
    measures: ({ valueMicros = 0 }) => ({ refundsMicros: valueMicros }),
  },
  correction: {
    needs: ['measures', 'appliesTo'],
    takes: ['currency', 'orderId'],
    measures: ({ measures = {} }) =>
      Object.fromEntries(Object.entries(measures).filter(([, value]) => value !== undefined)),
  },
  lead: { needs: [], takes: ['count', 'clickIds'], measures: ({ count = 1 }) => ({ leads: count }) },
};

const money: readonly MeasureName[] = ['spendMicros', 'conversionValueMicros', 'revenueMicros', 'refundsMicros'];
/** Before this there is no time on the stream. */
const earliest = Date.UTC(2020, 0, 1);

/** An event as a sender wrote it, with the place it was found to belong to, as it goes on the stream; or all that stands against it. */
export function composeEvent(
  input: EventInput,
  place: EventPlace,
  context: EventContext,
  identifiers: ConversionInput['identifiers'] = undefined,
): ComposedEvent {
  const { receivedAt } = context;
  const rule = kindRules[input.kind];
  const occurredAt = Date.parse(input.occurredAt);
  const appliesTo = input.appliesTo === undefined ? null : Date.parse(input.appliesTo);
  const measures = { ...noMeasures, ...rule.measures(input) };
  const problems = [
    ...fieldProblems(input, rule),
    ...timeProblems(occurredAt, appliesTo, receivedAt),
    ...moneyProblems(input, measures, place),
  ];
  if (problems.length > 0) return { kind: 'refused', problems };

  const hashes = identifiers === undefined ? undefined : hashIdentifiers(identifiers);
  const consent = consentOf(input, context);
  const {
    clickIds,
    identifiers: kept,
    dropped,
  } = keepConsented(consent, {
    clickIds: input.clickIds === undefined ? null : { ...noClickIds, ...defined(input.clickIds) },
    identifiers: hashes?.identifiers ?? null,
  });
  const event: StreamEvent = {
    id: input.id,
    workspaceId: context.workspaceId,
    kind: input.kind,
    source: context.source,
    occurredAt,
    receivedAt,
    appliesTo,
    platform: place.platform,
    accountId: place.accountId,
    campaignId: place.campaignId,
    adGroupId: place.adGroupId,
    adId: place.adId,
    currency: money.some((name) => measures[name] !== 0) ? (input.currency ?? null) : null,
    measures,
    orderId: input.orderId ?? null,
    clickIds,
    consent: input.consent === undefined && !context.optedOut ? null : consent,
    identifiers: kept,
    attributes: input.attributes ?? {},
  };
  const notes: EventNote[] = [
    ...(isLate(event) ? (['late'] as const) : []),
    ...dropped,
    ...(hashes !== undefined && hashes.unusable > 0 ? (['identifier-unusable'] as const) : []),
  ];
  return { kind: 'composed', event, notes };
}

/** A conversion as an event; its campaign parameters go along as attributes. */
export function conversionAsEvent({ utm = {}, identifiers: _, ...conversion }: ConversionInput): EventInput {
  const { source, medium, campaign, content, term } = utm;
  return {
    ...conversion,
    attributes: defined({
      utmSource: source,
      utmMedium: medium,
      utmCampaign: campaign,
      utmContent: content,
      utmTerm: term,
    }),
  };
}

/** An event that counts nothing yet. */
export const noMeasures = Object.fromEntries(measureNames.map((name) => [name, 0])) as StreamMeasures;
const noClickIds = { gclid: null, gbraid: null, wbraid: null, ttclid: null, liFatId: null };

const defined = (given: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(Object.entries(given).filter((entry): entry is [string, string] => entry[1] !== undefined));

const consentOf = ({ consent }: EventInput, { optedOut }: EventContext): Consent =>
  optedOut ? deniedConsent : (consent ?? noConsent);

function fieldProblems(input: EventInput, { needs, takes }: KindRule): FieldError[] {
  const given = (Object.keys(input) as Field[]).filter((field) => input[field] !== undefined);
  const known = new Set<Field>([...shared, ...needs, ...takes]);
  return [
    ...needs
      .filter((field) => !given.includes(field))
      .map((field) => ({ field, message: `is required of a ${input.kind}` })),
    ...given.filter((field) => !known.has(field)).map((field) => ({ field, message: `is no part of a ${input.kind}` })),
  ];
}

function timeProblems(occurredAt: number, appliesTo: number | null, receivedAt: number): FieldError[] {
  const problems: FieldError[] = [];
  if (occurredAt > receivedAt + futureMillis) {
    problems.push({
      field: 'occurredAt',
      message: `is ${Math.round((occurredAt - receivedAt) / 1_000)} s in the future; clocks may run ahead by ${futureMillis / 60_000} minutes`,
    });
  }
  if (occurredAt < earliest) problems.push({ field: 'occurredAt', message: 'must be 2020 or later' });
  if (appliesTo !== null && appliesTo < earliest)
    problems.push({ field: 'appliesTo', message: 'must be 2020 or later' });
  if (appliesTo !== null && appliesTo > occurredAt) {
    problems.push({ field: 'appliesTo', message: 'must not be after occurredAt' });
  }
  return problems;
}

/** What an account spends is in its currency; what a site earns may be in any. */
function moneyProblems(input: EventInput, measures: StreamMeasures, place: EventPlace): FieldError[] {
  const problems: FieldError[] = [];
  if (input.currency === undefined && money.some((name) => measures[name] !== 0)) {
    problems.push({ field: 'currency', message: 'is required where there is money' });
  }
  const spends = measures.spendMicros !== 0 || measures.conversionValueMicros !== 0;
  if (spends && place.accountId === null) {
    problems.push({ field: 'accountId', message: 'is required: spend is always an account’s' });
  }
  if (
    spends &&
    input.currency !== undefined &&
    place.accountCurrency !== null &&
    input.currency !== place.accountCurrency
  ) {
    problems.push({ field: 'currency', message: `must be ${place.accountCurrency}, the account’s` });
  }
  return problems;
}
