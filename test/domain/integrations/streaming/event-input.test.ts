import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventInput, eventInput, inputKinds } from '../../../../contracts/schemas/stream-input.ts';
import { consentStates, streamEvent } from '../../../../contracts/streams/stream-event.ts';
import { composeEvent, type EventPlace, nowhere } from '../../../../domain/integrations/streaming/event-input.ts';

const now = Date.UTC(2026, 10, 20, 12);
const workspaceId = 'wsp_01J00000000000000000000000';
const context = { workspaceId, source: 'api' as const, receivedAt: now };
const account: EventPlace = {
  ...nowhere,
  platform: 'google-ads',
  accountId: 'acc_01J00000000000000000000000',
  accountCurrency: 'EUR',
};
const iso = (at: number) => new Date(at).toISOString();
const click = { id: 'c', kind: 'click', occurredAt: iso(now) } as const satisfies EventInput;

const state = fc.constantFrom(...consentStates);
const optional = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined });
const amount = fc.integer({ min: 0, max: 1_000_000_000_000 });
const taken = fc.integer({ min: -9, max: 9 });
const appliesTo = fc.integer({ min: now - 60 * 86_400_000, max: now }).map(iso);
const currency = fc.constantFrom('EUR', 'USD');
const clickIds = fc.record({ gclid: optional(fc.constant('Cj0')) });
const orderId = fc.constant('o-1');
const count = fc.integer({ min: 1, max: 1_000 });
/** Most of what a kind may say, and now and then a field of another. */
const fieldsOf: Readonly<Record<EventInput['kind'], fc.Arbitrary<object>>> = {
  impression: fc.record({ count: optional(count) }),
  click: fc.record({
    count: optional(count),
    clickIds: optional(clickIds),
    orderId: fc.oneof(fc.constant(undefined), orderId),
  }),
  cost: fc.record({ amountMicros: amount, currency: optional(currency) }),
  conversion: fc.record({ valueMicros: optional(amount), currency: optional(currency), orderId, clickIds }),
  refund: fc.record({ valueMicros: amount, currency, orderId: optional(orderId), appliesTo: optional(appliesTo) }),
  correction: fc.record({
    measures: fc.record({ clicks: taken, spendMicros: taken, revenueMicros: taken }),
    appliesTo,
    currency: optional(currency),
  }),
  lead: fc.record({ count: optional(count), clickIds: optional(clickIds) }),
};
const consent = optional(fc.record({ adStorage: state, adUserData: state, adPersonalization: state }));
const occurredAt = fc.integer({ min: now - 40 * 86_400_000, max: now + 400_000 }).map(iso);
const anyInput: fc.Arbitrary<EventInput> = fc
  .constantFrom(...inputKinds)
  .chain((kind) => fc.tuple(fc.record({ occurredAt, consent }), fieldsOf[kind]).map((parts) => ({ kind, parts })))
  .map(({ kind, parts }) => {
    const given = Object.entries({ id: 'e', kind, ...parts[0], ...parts[1] });
    return eventInput.parse(Object.fromEntries(given.filter(([, value]) => value !== undefined)));
  });

it('what is composed is an event of the stream, and has nothing of a person who has not agreed', () => {
  let composed = 0;
  fc.assert(
    fc.property(anyInput, fc.constantFrom(account, nowhere), fc.boolean(), (input, place, optedOut) => {
      const identifiers = { email: 'jane@example.com' };
      const outcome = composeEvent(input, place, { ...context, optedOut }, identifiers);
      if (outcome.kind === 'refused') {
        expect(outcome.problems.length).toBeGreaterThan(0);
        return;
      }
      composed += 1;
      const { event } = outcome;
      expect(streamEvent.parse(event)).toEqual(event);
      if (optedOut || input.consent?.adStorage !== 'granted') expect(event.clickIds).toBeNull();
      if (optedOut || input.consent?.adUserData !== 'granted') expect(event.identifiers).toBeNull();
      const { spendMicros, revenueMicros, refundsMicros } = event.measures;
      if ([spendMicros, revenueMicros, refundsMicros].some((micros) => micros !== 0))
        expect(event.currency).not.toBeNull();
      if (spendMicros !== 0) expect(event.currency).toBe(place.accountCurrency);
    }),
    { numRuns: 2_000, seed: 1 },
  );
  // Not all of them may be refused: the property would say nothing.
  expect(composed).toBeGreaterThan(200);
});

describe('an event is refused', () => {
  const fields = (input: EventInput, place = account): string[] => {
    const outcome = composeEvent(input, place, context);
    return outcome.kind === 'refused' ? outcome.problems.map(({ field }) => field) : [];
  };

  it.each<[string, EventInput, string[]]>([
    ['which says what another kind says', { ...click, valueMicros: 1, measures: {} }, ['valueMicros', 'measures']],
    ['of a cost without money', { ...click, kind: 'cost' }, ['amountMicros']],
    ['of money without a currency', { ...click, kind: 'cost', amountMicros: 1 }, ['currency']],
    ['of spend in another currency', { ...click, kind: 'cost', amountMicros: 1, currency: 'USD' }, ['currency']],
    ['of a refund without its order', { ...click, kind: 'refund', valueMicros: 1, currency: 'EUR' }, ['orderId']],
    ['of a correction of nothing', { ...click, kind: 'correction' }, ['measures', 'appliesTo']],
    ['from before 2020', { ...click, occurredAt: '2019-12-31T23:59:59.999Z' }, ['occurredAt']],
    ['more than five minutes ahead', { ...click, occurredAt: iso(now + 300_001) }, ['occurredAt']],
    [
      'which takes back what is yet to come',
      { ...click, kind: 'correction', measures: { clicks: -1 }, appliesTo: iso(now + 1) },
      ['appliesTo'],
    ],
  ])('%s', (_, input, wanted) => {
    expect(fields(input)).toEqual(wanted);
  });

  it('of spend that is no account’s', () => {
    expect(fields({ ...click, kind: 'cost', amountMicros: 1, currency: 'EUR' }, nowhere)).toEqual(['accountId']);
  });

  it('but not five minutes ahead, nor a day late', () => {
    expect(fields({ ...click, occurredAt: iso(now + 300_000) })).toEqual([]);
    const late = composeEvent({ ...click, occurredAt: iso(now - 86_400_001) }, account, context);
    expect(late).toMatchObject({ kind: 'composed', notes: ['late'] });
    expect(composeEvent({ ...click, occurredAt: iso(now - 86_400_000) }, account, context)).toMatchObject({
      notes: [],
    });
  });
});

it('what a site earns may be in any currency', () => {
  const order = { ...click, kind: 'conversion', valueMicros: 5, currency: 'USD' } as const;
  expect(composeEvent(order, account, context)).toMatchObject({ event: { currency: 'USD', measures: { orders: 1 } } });
});
