import { createHash } from 'node:crypto';
import type { Account } from '../../market/world.ts';
import { badInput, notModelled, wrongType } from '../error.ts';
import { cursorPage } from '../page.ts';
import type { RestliValue } from '../restli/decode.ts';
import { idOfUrn, type Parameters } from '../restli/parameters.ts';
import { accountRecord } from './accounts.ts';
import { campaignRecord, groupRecord } from './campaigns.ts';
import { creativeRecord } from './creatives.ts';
import { campaignsOf, creativesOf, statusNow, type View } from './subject.ts';

/** Entities on a page; creatives come in smaller ones. */
const mostEntities = 1000;
const mostCreatives = 100;

const paging = ['pageSize', 'pageToken', 'sortOrder'] as const;
const entityStatuses = [
  'ACTIVE',
  'PAUSED',
  'ARCHIVED',
  'COMPLETED',
  'CANCELED',
  'DRAFT',
  'PENDING_DELETION',
  'REMOVED',
];

/** `GET /rest/adAccounts?q=search` */
export function searchAccounts(view: View, accounts: readonly Account[], parameters: Parameters) {
  parameters.only('q', 'search', ...paging);
  requireFinder(parameters, 'search');
  const filter = searchFilter(parameters, {
    id: idIn('sponsoredAccount'),
    status: wordIn(entityStatuses),
    type: wordIn(['BUSINESS', 'ENTERPRISE']),
  });
  const records = accounts.map((account) => accountRecord(view, account));
  const found = records.filter(
    ({ id, status, type }) => filter.id(String(id)) && filter.status(status) && filter.type(type),
  );
  return page(parameters, found, mostEntities, (record) => record, 'adAccounts');
}

/** `GET /rest/adAccounts/{id}/adCampaignGroups?q=search` */
export function searchGroups(view: View, account: Account, parameters: Parameters) {
  parameters.only('q', 'search', ...paging);
  requireFinder(parameters, 'search');
  const filter = searchFilter(parameters, {
    id: idIn('sponsoredCampaignGroup'),
    status: wordIn(entityStatuses),
    name: text,
  });
  const found = narrowed(
    parameters,
    ['search'],
    account.campaigns,
    (group) => filter.id(group.id) && filter.name(group.name) && filter.status(statusNow(view, group)),
  );
  return page(
    parameters,
    found,
    mostEntities,
    (group) => groupRecord(view, account, group),
    `${account.id}/adCampaignGroups`,
  );
}

/** `GET /rest/adAccounts/{id}/adCampaigns?q=search` */
export function searchCampaigns(view: View, account: Account, parameters: Parameters) {
  parameters.only('q', 'search', ...paging);
  requireFinder(parameters, 'search');
  const filter = searchFilter(parameters, {
    id: idIn('sponsoredCampaign'),
    campaignGroup: idIn('sponsoredCampaignGroup'),
    status: wordIn(entityStatuses),
    name: text,
  });
  const found = narrowed(
    parameters,
    ['search'],
    campaignsOf(account),
    ({ group, campaign }) =>
      filter.id(campaign.id) &&
      filter.campaignGroup(group.id) &&
      filter.name(campaign.name) &&
      filter.status(statusNow(view, campaign)),
  );
  return page(parameters, found, mostEntities, (subject) => campaignRecord(view, subject), `${account.id}/adCampaigns`);
}

/** `GET /rest/adAccounts/{id}/creatives?q=criteria` */
export function searchCreatives(view: View, account: Account, parameters: Parameters) {
  parameters.only('q', 'creatives', 'campaigns', 'intendedStatuses', 'isTestAccount', ...paging);
  requireFinder(parameters, 'criteria');
  if (parameters.word('isTestAccount', ['true', 'false']) === 'true')
    throw notModelled('isTestAccount', 'test accounts', 'false');
  const wanted = (name: string, kind: string) => setOf(parameters.urns(name, kind));
  const [creatives, campaigns] = [wanted('creatives', 'sponsoredCreative'), wanted('campaigns', 'sponsoredCampaign')];
  const statuses = setOf(
    parameters.list('intendedStatuses')?.map((item) => parameters.word('intendedStatuses', entityStatuses, item) ?? ''),
  );
  const found = narrowed(
    parameters,
    ['creatives', 'campaigns', 'intendedStatuses'],
    creativesOf(account),
    ({ campaign, ad }) => creatives(ad.id) && campaigns(campaign.id) && statuses(statusNow(view, ad)),
  );
  return page(parameters, found, mostCreatives, (subject) => creativeRecord(view, subject), `${account.id}/creatives`);
}

function page<T, R>(parameters: Parameters, found: readonly T[], most: number, write: (item: T) => R, scope: string) {
  const descending = parameters.word('sortOrder', ['ASCENDING', 'DESCENDING']) === 'DESCENDING';
  const search = ['search', 'sortOrder', 'creatives', 'campaigns', 'intendedStatuses'].map(
    (name) => parameters.plain(name) ?? '',
  );
  const fingerprint = createHash('sha256')
    .update([scope, most, ...search].join('|'))
    .digest('base64url')
    .slice(0, 12);
  return cursorPage(parameters, descending ? found.toReversed() : found, fingerprint, most, write);
}

/** Everything where nothing narrows it: large accounts are not sifted for every page. */
function narrowed<T>(
  parameters: Parameters,
  by: readonly string[],
  all: readonly T[],
  test: (item: T) => boolean,
): readonly T[] {
  return by.some((name) => parameters.has(name)) ? all.filter(test) : all;
}

function requireFinder(parameters: Parameters, name: string): void {
  if (parameters.required('q') !== name) throw badInput('q', `The finder is q=${name}.`);
}

type Test = (value: string) => boolean;
type Read = (path: string, value: RestliValue) => string;

const idIn =
  (kind: string): Read =>
  (path, value) =>
    idOfUrn(path, value, kind);

const text: Read = (path, value) => {
  if (typeof value !== 'string') throw wrongType(path, 'expected a string');
  return value;
};

const wordIn =
  (words: readonly string[]): Read =>
  (path, value) => {
    if (typeof value !== 'string' || !words.includes(value))
      throw wrongType(path, `expected one of ${words.join(', ')}`);
    return value;
  };

/** `search=(status:(values:List(ACTIVE)),id:(values:List(urn…)))`: a test for every criterion, true where none is given. */
function searchFilter<K extends string>(
  parameters: Parameters,
  criteria: Readonly<Record<K, Read>>,
): Readonly<Record<K, Test>> {
  const search = parameters.record('search');
  const names = Object.keys(criteria) as K[];
  for (const name of search?.keys() ?? [])
    if (!names.some((known) => known === name))
      throw notModelled(`search/${name}`, `searching by ${name}`, names.join(', '));
  const tests = names.map((name): [K, Test] => {
    const criterion = search?.get(name);
    if (criterion === undefined) return [name, () => true];
    const values = criterion instanceof Map ? criterion.get('values') : undefined;
    if (!Array.isArray(values)) throw wrongType(`search/${name}`, '(values:List(...)) is expected');
    return [name, setOf(values.map((value) => criteria[name](`search/${name}`, value)))];
  });
  return Object.fromEntries(tests) as Record<K, Test>;
}

function setOf(values: readonly string[] | undefined): Test {
  if (values === undefined) return () => true;
  const set = new Set(values);
  return (value) => set.has(value);
}
