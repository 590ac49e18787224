import { type DateWindow, type Grain, PlatformError, type RawRow } from '../../domain/integrations/platform.ts';
import { splitWindow } from '../window.ts';
import { analyticsAnswer, campaignShape, groupShape } from './answers.ts';
import type { LinkedInClient } from './client.ts';
import { linkedInAdsDescriptor } from './descriptor.ts';
import { platformError } from './errors.ts';
import { askedGroup, type Facet, fieldsOf, type Report, reportOf } from './reports.ts';
import { Plain, type RestliParameters } from './restli.ts';
import { listed } from './structure.ts';
import { inBatches, urn, urnPrefix, urnsPerRequest } from './urns.ts';

/**
 * Elements that one answer holds; the rest is left out without a word, and there is no second page (learn.microsoft.com/linkedin:
 * ads reporting, restrictions). An answer this long is taken for cut off: at some 500 bytes an element it is also what bounds memory.
 */
export const mostElements = 15_000;

interface Scope {
  readonly client: LinkedInClient;
  readonly accountId: string;
  readonly signal: AbortSignal | undefined;
}

/** Raw rows of one grain, in as many requests as keep every answer whole. */
export async function* analytics(
  scope: Scope,
  grain: Grain,
  window: DateWindow,
): AsyncGenerator<readonly RawRow[], undefined> {
  const report = reportOf(grain);
  if (!report) {
    throw new PlatformError('rejected', `LinkedIn Ads has no reports of grain ${grain}.`, {
      platform: 'linkedin-ads',
      platformCode: 'GRAIN_NOT_SUPPORTED',
    });
  }
  for (const piece of splitWindow(window, linkedInAdsDescriptor.limits.maxWindowDays)) {
    if (!report.oneGroupAtATime) yield* wholeAnswers(scope, report, piece);
    else {
      for (const group of await activeGroups(scope, piece)) {
        for await (const rows of wholeAnswers(scope, report, piece, { campaignGroups: [group] })) {
          yield rows.map((row) => ({ ...row, [askedGroup]: group }));
        }
      }
    }
  }
}

type Facets = Readonly<Partial<Record<Facet, readonly string[]>>>;

/** Asks for fewer days at a time, then for fewer things, until an answer is not cut off. */
async function* wholeAnswers(
  scope: Scope,
  report: Report,
  window: DateWindow,
  facets: Facets = {},
): AsyncGenerator<readonly RawRow[], undefined> {
  let daysAtOnce = Number.POSITIVE_INFINITY;
  for (let from = window.from; from <= window.to; ) {
    const days = { from, to: earlier(window.to, dayAfter(from, daysAtOnce - 1)) };
    const rows = await ask(scope, report, days, 'DAILY', facets);
    const count = daysIn(days);
    if (rows.length < mostElements) yield rows;
    else if (count > 1) {
      daysAtOnce = Math.ceil(count / 2);
      continue;
    } else yield* inParts(scope, report, days, facets);
    from = dayAfter(days.to, 1);
  }
}

/** One day that is too long for one answer: by batches of the things its rows belong to, the coarser things first. */
async function* inParts(
  scope: Scope,
  report: Report,
  day: DateWindow,
  facets: Facets,
): AsyncGenerator<readonly RawRow[], undefined> {
  const cuts = report.cuts ?? [];
  const divisible = cuts.find((facet) => (facets[facet]?.length ?? 0) > 1);
  const facet = divisible ?? cuts.find((other) => facets[other] === undefined);
  if (!facet) throw tooLong(report, day);
  const things = facets[facet] ?? (await everything(scope, facet, facets.campaignGroups?.[0]));
  const size = divisible ? Math.ceil(things.length / 2) : urnsPerRequest;
  for (const batch of inBatches(things, size)) {
    const part = { ...facets, [facet]: batch };
    // The only one there is would be asked the same again.
    const rows = things.length === 1 ? undefined : await ask(scope, report, day, 'DAILY', part);
    if (rows && rows.length < mostElements) yield rows;
    else yield* inParts(scope, report, day, part);
  }
}

/** Campaign groups that were shown at all: whoever was not has nothing to be divided. */
async function activeGroups(scope: Scope, window: DateWindow): Promise<readonly string[]> {
  const groups = new Set<string>();
  const report: Report = { pivots: ['CAMPAIGN_GROUP'], columns: activity };
  const rows = await ask(scope, report, window, 'ALL', {});
  if (rows.length >= mostElements) return everything(scope, 'campaignGroups');
  for (const { pivotValues } of rows) {
    const [group] = Array.isArray(pivotValues) ? pivotValues : [];
    if (typeof group === 'string' && group.startsWith(urnPrefix('sponsoredCampaignGroup'))) groups.add(group);
    else throw unreadable('pivotValues', group);
  }
  return [...groups];
}

const activity = (() => {
  const account = reportOf('account');
  if (!account) throw new TypeError('LinkedIn has reports of accounts.');
  return account.columns;
})();

async function ask(
  { client, accountId, signal }: Scope,
  report: Report,
  window: DateWindow,
  timeGranularity: 'DAILY' | 'ALL',
  facets: Facets,
): Promise<readonly RawRow[]> {
  const [pivot] = report.pivots;
  const parameters: RestliParameters = {
    ...(report.pivots.length === 1 ? { q: 'analytics', pivot } : { q: 'statistics', pivots: report.pivots }),
    timeGranularity,
    dateRange: { start: dayRecord(window.from), end: dayRecord(window.to) },
    ...narrowest(facets, accountId),
    fields: new Plain(fieldsOf(report).join(',')),
  };
  const answer = await client.ask(
    { path: 'adAnalytics', resource: 'adAnalytics', parameters, signal },
    analyticsAnswer,
  );
  return answer.elements;
}

/** One facet alone: URNs are unique, and how LinkedIn combines several is not documented. */
function narrowest({ campaigns, campaignGroups }: Facets, accountId: string): RestliParameters {
  if (campaigns) return { campaigns };
  return campaignGroups ? { campaignGroups } : { accounts: [urn('sponsoredAccount', accountId)] };
}

/** URNs of everything an account has of a kind, or of the campaigns of one group. */
async function everything(scope: Scope, facet: Facet, group?: string): Promise<readonly string[]> {
  const urns: string[] = [];
  const resource = facet === 'campaigns' ? 'adCampaigns' : 'adCampaignGroups';
  for await (const page of listed(scope, resource)) {
    for (const element of page) {
      const read = resource === 'adCampaigns' ? campaignShape.safeParse(element) : groupShape.safeParse(element);
      if (!read.success) throw unreadable(`${resource} id`, element.id);
      const elsewhere = 'campaignGroup' in read.data && group !== undefined && read.data.campaignGroup !== group;
      const kind = resource === 'adCampaigns' ? 'sponsoredCampaign' : 'sponsoredCampaignGroup';
      if (!elsewhere) urns.push(urn(kind, String(read.data.id)));
    }
  }
  return urns;
}

const dayMs = 86_400_000;
const epochOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);
const daysIn = ({ from, to }: DateWindow): number => (epochOf(to) - epochOf(from)) / dayMs + 1;
const earlier = (one: string, other: string): string => (one < other ? one : other);

function dayAfter(day: string, days: number): string {
  return Number.isFinite(days) ? new Date(epochOf(day) + days * dayMs).toISOString().slice(0, 10) : '9999-12-31';
}

function dayRecord(day: string): { readonly year: number; readonly month: number; readonly day: number } {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  return { year, month, day: date };
}

const nowhere = { version: '', now: 0, secrets: [] };

const tooLong = (report: Report, day: DateWindow) =>
  platformError(
    'rejected',
    'ANSWER_CUT_OFF',
    `adAnalytics by ${report.pivots.join(', ')} on ${day.from} has more than the ${mostElements} elements of one answer and cannot be cut further`,
    nowhere,
  );

const unreadable = (where: string, got: unknown) =>
  platformError(
    'unavailable',
    'UNREADABLE_ANSWER',
    `${where}: a URN or id expected, got ${JSON.stringify(got)}`,
    nowhere,
  );
