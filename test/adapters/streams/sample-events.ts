import { measureNames, type StreamEvent } from '../../../contracts/streams/stream-event.ts';

export const workspace = 'wsp_01J00000000000000000000000';
export const noon = Date.UTC(2026, 10, 20, 12);

const noMeasures = Object.fromEntries(measureNames.map((name) => [name, 0])) as StreamEvent['measures'];
const serial = (prefix: string, number: number) => `${prefix}_01J${String(number).padStart(23, '0')}`;
export const accountNumber = (number: number) => serial('acc', number);
export const campaignNumber = (number: number) => serial('cmp', number);
export const adNumber = (number: number) => serial('ad', number);

/** A click at noon of nobody in particular, with what the test says of it. */
export function sampleEvent(
  given: Partial<Omit<StreamEvent, 'measures'>> & { readonly measures?: Partial<StreamEvent['measures']> } = {},
): StreamEvent {
  const occurredAt = given.occurredAt ?? noon;
  return {
    id: 'event',
    workspaceId: workspace,
    kind: 'click',
    source: 'api',
    receivedAt: occurredAt + 500,
    appliesTo: null,
    platform: null,
    accountId: null,
    campaignId: null,
    adGroupId: null,
    adId: null,
    currency: null,
    orderId: null,
    clickIds: null,
    consent: null,
    identifiers: null,
    attributes: {},
    ...given,
    occurredAt,
    measures: { ...noMeasures, ...(given.measures ?? { clicks: 1 }) },
  };
}
