import * as z from 'zod/mini';

const crockford = '[0-9A-HJKMNP-TV-Z]';

/** A prefixed, sortable id: `cmp_01JD…`. */
export const prefixedId = (prefix: string, description: string) =>
  z
    .string()
    .check(z.regex(new RegExp(`^${prefix}_${crockford}{26}$`)))
    .register(z.globalRegistry, { description: description });

export const workspaceId = prefixedId('wsp', 'Workspace id');
export const accountId = prefixedId('acc', 'Account id');
export const campaignId = prefixedId('cmp', 'Campaign id');
export const adGroupId = prefixedId('adg', 'Ad group id');
export const adId = prefixedId('ad', 'Ad id');
export const keywordId = prefixedId('kwd', 'Keyword id');
export const runId = prefixedId('run', 'Pipeline run id');

export const platformId = z
  .enum(['google-ads', 'tiktok-ads', 'linkedin-ads'])
  .register(z.globalRegistry, { description: 'Ad platform' });

/** What traffic is divided by beneath a campaign or an ad group. */
export const segmentGrains = ['search-term', 'asset', 'age', 'gender', 'country', 'device', 'placement'] as const;
export type SegmentGrain = (typeof segmentGrains)[number];

export const grain = z
  .enum(['account', 'campaign', 'ad-group', 'ad', 'keyword', ...segmentGrains])
  .register(z.globalRegistry, {
    description: 'The level the facts were reported at. A finer grain never sums to a coarser one.',
  });
export type Grain = z.infer<typeof grain>;

export const isoDate = z.iso
  .date()
  .register(z.globalRegistry, { description: 'Calendar day in the account’s own time zone, `2026-11-01`' });
export const instant = z.iso
  .datetime()
  .register(z.globalRegistry, { description: 'UTC instant, `2026-11-01T08:30:00.000Z`' });
export const currency = z
  .string()
  .check(z.regex(/^[A-Z]{3}$/))
  .register(z.globalRegistry, { description: 'ISO 4217 code' });
export const timeZone = z.string().register(z.globalRegistry, { description: 'IANA time zone' });
export const micros = z.int().register(z.globalRegistry, { description: 'Millionths of the currency unit' });
export const count = z.int().check(z.minimum(0));

export const cursor = z
  .string()
  .check(z.maxLength(2048))
  .register(z.globalRegistry, { description: 'Opaque; from `nextCursor` of the page before' });
export const nextCursor = z
  .nullable(cursor)
  .register(z.globalRegistry, { description: 'Pass as `cursor` for the next page; null on the last one' });

/** Query strings carry text; this reads a bounded whole number from it. */
export const pageLimit = z.pipe(
  z.string().check(z.regex(/^\d{1,4}$/, 'a whole number from 1 to 1000')),
  z.pipe(
    z.transform((text: string) => Number(text)),
    z.int().check(z.minimum(1), z.maximum(1000)),
  ),
);
