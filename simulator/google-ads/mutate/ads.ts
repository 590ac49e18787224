import { checkMask } from './campaigns.ts';
import { type Draft, removed } from './draft.ts';
import {
  type Fields,
  listAt,
  type Operation,
  onlyKnown,
  partAt,
  refusal,
  required,
  statusAt,
  textAt,
  unmodelled,
} from './operation.ts';
import { checkText, checkUrl } from './text-width.ts';

export function mutateAd(draft: Draft, operation: Operation): string {
  if (operation.verb === 'create') return createAd(draft, operation);
  const both = draft.idIn(operation, operation.resourceName, 'adGroupAds', 'resource_name');
  const [groupId = '', id = ''] = both.split('~');
  const ad = draft.present(id);
  if (ad?.kind !== 'ad' || ad.adGroupId !== groupId) throw draft.notFound(operation);
  if (ad.settings.status === 'removed') throw removed(operation);
  draft.group(operation, groupId);
  if (operation.verb === 'remove') {
    draft.edits.push({ do: 'set', objectId: id, set: { status: 'removed' } });
    return draft.name('adGroupAds', both);
  }
  checkMask(operation);
  onlyKnown(operation, ['status']);
  draft.edits.push({ do: 'set', objectId: id, set: { status: statusAt(operation, 'enabled') } });
  return draft.name('adGroupAds', both);
}

const limits = {
  headlines: { least: 3, most: 15, longest: 30 },
  descriptions: { least: 2, most: 4, longest: 90 },
} as const;
const pathLength = 15;

function createAd(draft: Draft, operation: Operation): string {
  onlyKnown(operation, ['ad_group', 'status', 'ad']);
  const groupId = draft.idIn(operation, operation.resource['ad_group'], 'adGroups', 'ad_group');
  draft.group(operation, groupId, 'ad_group');
  const ad = partAt(operation.resource, 'ad');
  if (ad === undefined) throw required(operation, 'ad');
  const search = partAt(ad, 'responsive_search_ad');
  const other = Object.keys(ad).find(
    (field) => !['final_urls', 'final_url_suffix', 'responsive_search_ad'].includes(field),
  );
  if (search === undefined || other !== undefined) throw unmodelled(`ads with ${other ?? 'no responsive_search_ad'}`);
  const [url] = listAt(ad, 'final_urls');
  if (url === undefined) throw required(operation, 'ad.final_urls');
  const finalUrl = checkUrl(operation, url, 'ad.final_urls[0]');
  const finalUrlSuffix = textAt(ad, 'final_url_suffix');
  const path = (name: string) => {
    const text = textAt(search, name);
    if (text !== undefined)
      checkText(operation, text, { longest: pathLength, field: `ad.responsive_search_ad.${name}` });
    return text === undefined ? {} : { [name]: text };
  };
  const id = draft.newId('ad');
  draft.edits.push({
    do: 'add-ad',
    adGroupId: groupId,
    ad: {
      id,
      // Search ads have no name.
      name: '',
      format: 'responsive-search',
      headlines: texts(operation, search, 'headlines'),
      descriptions: texts(operation, search, 'descriptions'),
      finalUrl,
      settings: { status: statusAt(operation, 'enabled') },
      own: { ...path('path1'), ...path('path2'), ...(finalUrlSuffix === undefined ? {} : { finalUrlSuffix }) },
    },
  });
  return draft.name('adGroupAds', `${groupId}~${id}`);
}

function texts(operation: Operation, search: Fields, field: keyof typeof limits): readonly string[] {
  const { least, most, longest } = limits[field];
  const place = `ad.responsive_search_ad.${field}`;
  const list = listAt(search, field).map((one) => String(Reflect.get(Object(one), 'text') ?? ''));
  if (list.length < least) throw refusal(operation, 'collection_size_error', 'TOO_FEW', 'Too few.', place);
  if (list.length > most) throw refusal(operation, 'collection_size_error', 'TOO_MANY', 'Too many.', place);
  for (const [index, text] of list.entries()) checkText(operation, text, { longest, field: `${place}[${index}].text` });
  return list;
}
