/** Pixels, and what pages send to them. */
import * as z from 'zod/mini';
import { accountId, currency, instant, micros, prefixedId } from './primitives.ts';
import { clickIdsInput, consentInput, utmInput } from './stream-input.ts';

export const pixelId = prefixedId('pxl', 'Pixel id');
export const pixelPath = z.strictObject({ pixelId });
export const mostPixels = 50;

const name = z
  .string()
  .check(z.trim(), z.minLength(1), z.maxLength(100))
  .register(z.globalRegistry, { description: 'What people call it' });
const origin = z
  .string()
  .check(
    z.maxLength(200),
    z.regex(/^https?:\/\/[a-z0-9.-]+(:\d{1,5})?$/, 'must be an origin in lower case, such as https://shop.example'),
  );
const origins = z
  .array(origin)
  .check(z.minLength(1), z.maxLength(20))
  .register(z.globalRegistry, { description: 'Whose pages may send: `https://shop.example`, each written out' });
const defaultCurrency = z.nullable(currency).register(z.globalRegistry, { description: 'Of values that name none' });
const defaultAccount = z
  .nullable(accountId)
  .register(z.globalRegistry, { description: 'Whose conversions these are; null where that is not known' });

export const pixel = z
  .object({
    id: pixelId,
    name,
    origins,
    currency: defaultCurrency,
    accountId: defaultAccount,
    enabled: z.boolean().register(z.globalRegistry, { description: 'One that is off counts nothing' }),
    createdAt: instant,
    changedAt: instant,
  })
  .register(z.globalRegistry, { id: 'Pixel', description: 'Lets pages of some origins send conversions' });
export type Pixel = z.infer<typeof pixel>;

export const pixelList = z
  .object({ items: z.array(pixel) })
  .register(z.globalRegistry, { id: 'PixelList', description: `All pixels, the oldest first; at most ${mostPixels}` });

export const createPixelBody = z
  .strictObject({
    name,
    origins,
    currency: z.optional(defaultCurrency),
    accountId: z.optional(defaultAccount),
  })
  .register(z.globalRegistry, { id: 'PixelStart' });

export const changePixelBody = z
  .strictObject({
    name: z.optional(name),
    origins: z.optional(origins),
    currency: z.optional(defaultCurrency),
    accountId: z.optional(defaultAccount),
    enabled: z.optional(z.boolean()),
  })
  .register(z.globalRegistry, { id: 'PixelChange', description: 'Fields that are absent stay as they are' });

/** Bytes of one request of a page, and events in it. */
export const mostCollectedBytes = 16_384;
export const mostCollected = 20;

/** What pages may tell, by the name the script has for it. Nothing in it takes anything back: pages speak for everybody. */
export const pageEventNames = ['purchase', 'lead'] as const;

const needed = 'is required: an event is known by its id and time, so that a repeat is counted once';
export const collectedEvent = z
  .strictObject({
    id: z.string(needed).check(z.regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters')),
    event: z.enum(pageEventNames),
    occurredAt: z.iso.datetime('must be a UTC instant such as 2026-11-01T08:30:00.000Z'),
    orderId: z.optional(z.string().check(z.minLength(1), z.maxLength(256))),
    valueMicros: z.optional(micros.check(z.minimum(0), z.maximum(1_000_000_000_000))),
    currency: z.optional(currency),
    clickIds: z.optional(clickIdsInput),
    utm: z.optional(utmInput),
  })
  .register(z.globalRegistry, { id: 'CollectedEvent', description: 'What a page tells' });
export type CollectedEvent = z.infer<typeof collectedEvent>;

export const collectBody = z.looseObject({
  consent: z.optional(consentInput),
  events: z.array(z.unknown()).check(z.minLength(1), z.maxLength(mostCollected)),
});
export const documentedCollect = z
  .object({
    consent: z.optional(consentInput),
    events: z.array(collectedEvent).check(z.minLength(1), z.maxLength(mostCollected)),
  })
  .register(z.globalRegistry, {
    id: 'CollectBody',
    description:
      'As application/json or text/plain, up to 16 KB; pages send text/plain, which browsers ask nobody about',
  });

const parameter = z.optional(z.string());
/** One event in a query string, for pages without scripts. */
export const collectQuery = z.object({
  event: parameter,
  id: parameter,
  occurredAt: parameter,
  orderId: parameter,
  valueMicros: parameter,
  currency: parameter,
  gclid: parameter,
  gbraid: parameter,
  wbraid: parameter,
  ttclid: parameter,
  liFatId: parameter,
  adStorage: parameter,
  adUserData: parameter,
  adPersonalization: parameter,
});
