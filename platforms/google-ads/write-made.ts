import type { Creation, PlatformOperationOf } from '../../domain/integrations/platform-writer.ts';
import { RawFields } from '../raw-fields.ts';
import { assetName, suffixOf } from './write-creations.ts';
import type { RunQuery } from './write-present.ts';

/** A text in GAQL. https://developers.google.com/google-ads/api/docs/query/grammar */
const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** The id of what an earlier try of a creation has made, if it has. */
export async function findMade(run: RunQuery, creation: Creation): Promise<string | undefined> {
  switch (creation.do) {
    case 'create-campaign':
      return first(
        run,
        `SELECT campaign.id FROM campaign WHERE campaign.name = ${quoted(creation.name)} AND campaign.status != 'REMOVED'`,
        'campaign.id',
      );
    case 'create-ad-group':
      return first(
        run,
        `SELECT ad_group.id FROM ad_group WHERE campaign.id = ${id(creation.campaign.platformId)} AND ad_group.name = ${quoted(creation.name)} AND ad_group.status != 'REMOVED'`,
        'adGroup.id',
      );
    case 'create-ad':
      if (creation.creative.format === 'asset-group')
        return first(
          run,
          `SELECT asset_group.id FROM asset_group WHERE campaign.id = ${id(creation.parent.platformId)} AND asset_group.name = ${quoted(creation.name)} AND asset_group.status != 'REMOVED'`,
          'assetGroup.id',
        );
      return searchAd(run, creation);
    case 'upload-asset':
      return first(
        run,
        `SELECT asset.id FROM asset WHERE asset.type = 'IMAGE' AND asset.name = ${quoted(assetName(creation))}`,
        'asset.id',
      );
  }
}

/** Ids go into queries as they are: anything but digits would be a query of somebody else's. */
function id(platformId: string): string {
  return /^[1-9]\d{0,18}$/.test(platformId) ? platformId : '0';
}

/** The oldest, if there were several. */
async function first(run: RunQuery, query: string, path: string): Promise<string | undefined> {
  const ids = (await run(query)).map((raw) => new RawFields(raw).id(path));
  return ids.toSorted((a, b) => a.length - b.length || (a < b ? -1 : 1))[0];
}

/** Search ads have no name: one with the same texts, paths, landing page and its parameters in the same ad group is the same ad. */
async function searchAd(
  run: RunQuery,
  { parent, creative, utmTemplate }: PlatformOperationOf<'create-ad'>,
): Promise<string | undefined> {
  if (creative.format !== 'responsive-search') return undefined;
  const fields = [
    'id',
    'final_urls',
    'final_url_suffix',
    ...['headlines', 'descriptions', 'path1', 'path2'].map((one) => `responsive_search_ad.${one}`),
  ];
  const rows = await run(
    `SELECT ${fields.map((field) => `ad_group_ad.ad.${field}`).join(', ')} FROM ad_group_ad WHERE ad_group.id = ${id(parent.platformId)} AND ad_group_ad.ad.type = 'RESPONSIVE_SEARCH_AD' AND ad_group_ad.status != 'REMOVED'`,
  );
  const wanted = JSON.stringify([
    creative.landingPageUrl,
    suffixOf(utmTemplate) ?? '',
    creative.headlines,
    creative.descriptions,
    creative.path?.[0] ?? '',
    creative.path?.[1] ?? '',
  ]);
  for (const raw of rows) {
    const row = new RawFields(raw);
    const shown = 'adGroupAd.ad.responsiveSearchAd';
    const content = JSON.stringify([
      row.texts('adGroupAd.ad.finalUrls')[0],
      row.optionalText('adGroupAd.ad.finalUrlSuffix') ?? '',
      row.texts(`${shown}.headlines`, 'text'),
      row.texts(`${shown}.descriptions`, 'text'),
      row.optionalText(`${shown}.path1`) ?? '',
      row.optionalText(`${shown}.path2`) ?? '',
    ]);
    if (content === wanted) return row.id('adGroupAd.ad.id');
  }
  return undefined;
}
