import type { Keyword } from '../../market/world.ts';
import { ageCriteria, genderCriteria } from '../gaql/criteria.ts';
import { type Criterion, countryOf, languageOf } from './criterion.ts';
import type { Draft, PendingCampaign, PendingGroup } from './draft.ts';
import { type Operation, onlyKnown, partAt, refusal, required, statusAt, textAt, unmodelled } from './operation.ts';

const campaignFields = ['campaign', 'negative', 'status', 'location', 'language', 'keyword'];
const groupFields = ['ad_group', 'negative', 'status', 'keyword', 'age_range', 'gender', 'user_list'];

export function mutateCampaignCriterion(draft: Draft, operation: Operation): string {
  if (operation.verb === 'update') throw unmodelled('updates of campaign criteria');
  if (operation.verb === 'remove') {
    const [campaignId, criterionId] = pair(draft, operation, 'campaignCriteria');
    takeAway(draft, operation, draft.campaign(operation, campaignId), criterionId);
    return operation.resourceName;
  }
  onlyKnown(operation, campaignFields);
  const id = draft.idIn(operation, operation.resource['campaign'], 'campaigns', 'campaign');
  const criterion = read(draft, operation);
  if (criterion.type === 'KEYWORD' && !criterion.negative)
    throw refusal(
      operation,
      'criterion_error',
      'CANNOT_ADD_CRITERIA_TYPE',
      'The criteria type cannot be added.',
      'keyword',
    );
  add(operation, draft.campaign(operation, id, 'campaign'), criterion);
  return draft.name('campaignCriteria', `${id}~${criterion.id}`);
}

export function mutateGroupCriterion(draft: Draft, operation: Operation): string {
  if (operation.verb === 'update') throw unmodelled('updates of ad group criteria');
  if (operation.verb === 'remove') {
    const [groupId, criterionId] = pair(draft, operation, 'adGroupCriteria');
    const group = draft.group(operation, groupId);
    const keyword = draft.present(criterionId);
    if (keyword?.kind === 'keyword' && keyword.adGroupId === groupId && keyword.settings.status !== 'removed')
      draft.edits.push({ do: 'set', objectId: criterionId, set: { status: 'removed' } });
    else takeAway(draft, operation, group, criterionId);
    return operation.resourceName;
  }
  onlyKnown(operation, groupFields);
  const id = draft.idIn(operation, operation.resource['ad_group'], 'adGroups', 'ad_group');
  const group = draft.group(operation, id, 'ad_group');
  const criterion = read(draft, operation);
  if (criterion.type === 'KEYWORD' && !criterion.negative) addKeyword(draft, operation, group, criterion);
  else add(operation, group, criterion);
  return draft.name('adGroupCriteria', `${id}~${criterion.id}`);
}

const matches: Readonly<Record<string, Keyword['matchType']>> = { EXACT: 'exact', PHRASE: 'phrase', BROAD: 'broad' };

/** A keyword to bid on is an object of the market. */
function addKeyword(
  draft: Draft,
  operation: Operation,
  group: PendingGroup,
  { id, value, matchType }: Criterion,
): void {
  const kind = matches[matchType ?? ''];
  if (kind === undefined) throw required(operation, 'keyword.match_type');
  const { account, market, now } = draft.world;
  const there = account.campaigns
    .flatMap(({ adGroups }) => adGroups)
    .find((one) => one.id === group.id)
    ?.keywords.filter((one) => market.presentOf(one.id, now)?.settings.status !== 'removed');
  const same = (name: string, match: string) => name.toLowerCase() === value.toLowerCase() && match === kind;
  const pending = draft.edits.some(
    (edit) =>
      edit.do === 'add-keyword' && edit.adGroupId === group.id && same(edit.keyword.name, edit.keyword.matchType),
  );
  if (pending || there?.some(({ name, matchType: match }) => same(name, match))) throw exists(operation);
  draft.edits.push({
    do: 'add-keyword',
    adGroupId: group.id,
    keyword: { id, name: value, matchType: kind, settings: { status: statusAt(operation, 'enabled') } },
  });
}

function add(operation: Operation, parent: PendingCampaign | PendingGroup, criterion: Criterion): void {
  const same = (one: Criterion) =>
    one.type === criterion.type && one.value === criterion.value && one.matchType === criterion.matchType;
  if (parent.criteria.some((one) => same(one) && one.negative === criterion.negative)) throw exists(operation);
  parent.criteria = [...parent.criteria, criterion];
  parent.criteriaChanged = true;
}

function takeAway(
  draft: Draft,
  operation: Operation,
  parent: PendingCampaign | PendingGroup,
  criterionId: string,
): void {
  const left = parent.criteria.filter(({ id }) => id !== criterionId);
  if (left.length === parent.criteria.length) throw draft.notFound(operation);
  parent.criteria = left;
  parent.criteriaChanged = true;
}

const exists = (operation: Operation) =>
  refusal(operation, 'mutate_error', 'RESOURCE_ALREADY_EXISTS', 'The resource already exists.');

function pair(draft: Draft, operation: Operation, collection: string): readonly [string, string] {
  const both = draft.idIn(operation, operation.resourceName, collection, 'resource_name');
  const [parent = '', criterion = ''] = both.split('~');
  return [parent, criterion];
}

function read(draft: Draft, operation: Operation): Criterion {
  const { resource } = operation;
  const negative = resource['negative'] === true;
  const cannot = (category: 'criterion_error' | 'field_error', code: string, field: string) =>
    refusal(operation, category, code, 'The criterion is invalid.', field);
  const keyword = partAt(resource, 'keyword');
  if (keyword !== undefined) {
    const text = textAt(keyword, 'text') ?? '';
    const matchType = textAt(keyword, 'match_type') ?? '';
    if (text.trim() === '') throw cannot('criterion_error', 'INVALID_KEYWORD_TEXT', 'keyword.text');
    if (text.length > 80) throw cannot('criterion_error', 'KEYWORD_TEXT_TOO_LONG', 'keyword.text');
    if (text.trim().split(/\s+/).length > 10)
      throw cannot('criterion_error', 'KEYWORD_HAS_TOO_MANY_WORDS', 'keyword.text');
    if (/[,!@%^*()={};~`<>?\\|]/.test(text))
      throw cannot('criterion_error', 'KEYWORD_HAS_INVALID_CHARS', 'keyword.text');
    if (matches[matchType] === undefined) throw required(operation, 'keyword.match_type');
    return { id: draft.newId('keyword'), type: 'KEYWORD', negative, value: text, matchType };
  }
  const location = partAt(resource, 'location');
  if (location !== undefined) {
    const value = textAt(location, 'geo_target_constant') ?? '';
    if (countryOf(value) === undefined)
      throw cannot('criterion_error', 'CANNOT_TARGET_CRITERION', 'location.geo_target_constant');
    return { id: value.slice('geoTargetConstants/'.length), type: 'LOCATION', negative, value };
  }
  const language = partAt(resource, 'language');
  if (language !== undefined) {
    const value = textAt(language, 'language_constant') ?? '';
    if (languageOf(value) === undefined)
      throw cannot('criterion_error', 'CANNOT_TARGET_CRITERION', 'language.language_constant');
    return { id: value.slice('languageConstants/'.length), type: 'LANGUAGE', negative, value };
  }
  for (const [field, type, known] of [
    ['age_range', 'AGE_RANGE', ageCriteria],
    ['gender', 'GENDER', genderCriteria],
  ] as const) {
    const part = partAt(resource, field);
    if (part === undefined) continue;
    const value = textAt(part, 'type') ?? '';
    const found = Object.values(known).find((one) => one.type === value);
    if (found === undefined) throw cannot('field_error', 'INVALID_VALUE', `${field}.type`);
    return { id: found.id, type, negative, value };
  }
  const list = partAt(resource, 'user_list');
  if (list !== undefined) {
    const value = textAt(list, 'user_list') ?? '';
    const id = draft.idIn(operation, value, 'userLists', 'user_list.user_list');
    return { id: `17${id.slice(-9).padStart(9, '0')}`, type: 'USER_LIST', negative, value };
  }
  throw required(operation, 'criterion');
}
