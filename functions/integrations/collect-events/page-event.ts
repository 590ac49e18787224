import type { CollectedEvent, Pixel } from '../../../contracts/schemas/pixels.ts';
import type { EventInput } from '../../../contracts/schemas/stream-input.ts';

const kinds: Readonly<Record<CollectedEvent['event'], 'conversion' | 'lead'>> = {
  purchase: 'conversion',
  lead: 'lead',
};

/** What a page tells, as an event: what it leaves out is the pixel's. */
export function pageEvent(told: CollectedEvent, pixel: Pixel, consent: EventInput['consent']): EventInput {
  const kind = kinds[told.event];
  const { source, medium, campaign, content, term } = told.utm ?? {};
  const attributes = {
    pixel: pixel.id,
    utmSource: source,
    utmMedium: medium,
    utmCampaign: campaign,
    utmContent: content,
    utmTerm: term,
  };
  const currency = told.currency ?? pixel.currency ?? undefined;
  return {
    id: told.id,
    kind,
    occurredAt: told.occurredAt,
    ...(told.valueMicros !== undefined && { valueMicros: told.valueMicros }),
    ...(kind === 'conversion' && currency !== undefined && { currency }),
    ...(told.orderId !== undefined && { orderId: told.orderId }),
    ...(told.clickIds !== undefined && { clickIds: told.clickIds }),
    ...(consent !== undefined && { consent }),
    attributes: Object.fromEntries(
      Object.entries(attributes).filter((entry): entry is [string, string] => entry[1] !== undefined),
    ),
  };
}

type Text = string | undefined;
/** The same out of a query string. Empty parameters are absent ones: templates leave them behind. */
export function eventOfQuery(query: Readonly<Record<string, Text>>): {
  readonly event: unknown;
  readonly consent: unknown;
} {
  const said = Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined && value !== ''));
  const pick = (names: readonly string[]) => {
    const found = Object.fromEntries(Object.entries(said).filter(([name]) => names.includes(name)));
    return Object.keys(found).length === 0 ? undefined : found;
  };
  const clickNames = ['gclid', 'gbraid', 'wbraid', 'ttclid', 'liFatId'];
  const consentNames = ['adStorage', 'adUserData', 'adPersonalization'];
  const { valueMicros, ...rest } = Object.fromEntries(
    Object.entries(said).filter(([name]) => !clickNames.includes(name) && !consentNames.includes(name)),
  );
  const clickIds = pick(clickNames);
  return {
    event: {
      ...rest,
      ...(valueMicros !== undefined && {
        valueMicros: /^\d{1,15}$/.test(valueMicros) ? Number(valueMicros) : valueMicros,
      }),
      ...(clickIds && { clickIds }),
    },
    consent: pick(consentNames),
  };
}
