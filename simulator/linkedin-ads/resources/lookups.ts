import type { Account } from '../../market/world.ts';
import { badInput, notFound, wrongType } from '../error.ts';
import type { Grant } from '../oauth.ts';
import type { RestliValue } from '../restli/decode.ts';
import { encodeRestli } from '../restli/encode.ts';
import type { Parameters } from '../restli/parameters.ts';
import { accountUserRecord } from './accounts.ts';
import { campaignRecord, groupRecord } from './campaigns.ts';
import { conversionRecords } from './conversions.ts';
import { creativeRecord, postRecord } from './creatives.ts';
import { type CreativeSubject, campaignsOf, creativeOfPost, creativesOf, creativeUrn, type View } from './subject.ts';

const mostPosts = 100;

/** `GET /rest/adAccountUsers?q=authenticatedUser` */
export function accountUsers(view: View, accounts: readonly Account[], grant: Grant, parameters: Parameters) {
  parameters.only('q', 'start', 'count');
  if (parameters.required('q') !== 'authenticatedUser') throw badInput('q', 'The finder is q=authenticatedUser.');
  return offsetPage(
    parameters,
    accounts.map((account) => accountUserRecord(view, account, grant)),
    '/rest/adAccountUsers',
    {
      q: 'authenticatedUser',
    },
  );
}

/** `GET /rest/conversions?q=account&account=urn…` */
export function conversionRules(view: View, account: Account, accountUrn: string, parameters: Parameters) {
  parameters.only('q', 'account', 'start', 'count');
  return offsetPage(parameters, conversionRecords(view, account), '/rest/conversions', {
    q: 'account',
    account: accountUrn,
  });
}

/** `GET /rest/adAccounts/{id}/{adCampaignGroups|adCampaigns|creatives}/{key}` */
export function oneEntity(view: View, account: Account, resource: string, key: string) {
  if (resource === 'adCampaignGroups') {
    const group = account.campaigns.find(({ id }) => id === key);
    if (group !== undefined) return groupRecord(view, account, group);
  } else if (resource === 'adCampaigns') {
    const subject = campaignsOf(account).find(({ campaign }) => campaign.id === key);
    if (subject !== undefined) return campaignRecord(view, subject);
  } else {
    const subject = creativesOf(account).find(({ ad }) => creativeUrn(ad) === key);
    if (subject !== undefined) return creativeRecord(view, subject);
  }
  throw notFound(`Entity with id ${key} was not found in ${resource}.`);
}

/** `GET /rest/posts?ids=List(urn…)` with X-RestLi-Method BATCH_GET: what was found, and a status for what was not. */
export function batchPosts(view: View, accounts: readonly Account[], parameters: Parameters) {
  parameters.only('ids', 'viewContext');
  const ids = parameters.list('ids');
  if (ids === undefined) throw badInput('ids', "Parameter 'ids' is required", 'MISSING_FIELD');
  if (ids.length === 0 || ids.length > mostPosts) throw wrongType('ids', `expected 1 to ${mostPosts} ids`);
  const wanted = new Set(
    ids.map((id) => (typeof id === 'string' && /^urn:li:(share|ugcPost):\d+$/.test(id) ? id : wrongPost())),
  );
  const results: Record<string, unknown> = {};
  const statuses: Record<string, number> = {};
  const errors: Record<string, unknown> = {};
  for (const urn of wanted) {
    const subject = postIn(accounts, urn);
    if (subject === undefined) errors[urn] = { status: 404, code: 'NOT_FOUND', message: `Post ${urn} was not found.` };
    else results[urn] = postRecord(view, subject);
    statuses[urn] = subject === undefined ? 404 : 200;
  }
  return { results, statuses, errors };
}

/** `GET /rest/posts/{urn}` */
export function onePost(view: View, accounts: readonly Account[], urn: string) {
  const subject = postIn(accounts, urn);
  if (subject === undefined) throw notFound(`Post ${urn} was not found.`);
  return postRecord(view, subject);
}

function postIn(accounts: readonly Account[], urn: string): CreativeSubject | undefined {
  for (const account of accounts) {
    const subject = creativeOfPost(account, urn);
    if (subject !== undefined) return subject;
  }
  return undefined;
}

function wrongPost(): never {
  throw wrongType('ids', 'expected urn:li:share:<digits> or urn:li:ugcPost:<digits>, percent-encoded');
}

/** Resources that are not searched page by `start` and `count`, with links to the neighbours. */
function offsetPage<T>(
  parameters: Parameters,
  all: readonly T[],
  path: string,
  query: Readonly<Record<string, RestliValue>>,
) {
  const start = parameters.integer('start', 0, 100_000) ?? 0;
  const count = parameters.integer('count', 1, 1000) ?? 10;
  const link = (rel: string, from: number) => ({
    type: 'application/json',
    rel,
    href: `${path}?${Object.entries({ ...query, start: String(from), count: String(count) })
      .map(([name, value]) => `${name}=${encodeRestli(value)}`)
      .join('&')}`,
  });
  const links = [
    ...(start > 0 ? [link('prev', Math.max(0, start - count))] : []),
    ...(start + count < all.length ? [link('next', start + count)] : []),
  ];
  return { paging: { start, count, links, total: all.length }, elements: all.slice(start, start + count) };
}
