import { describe, expect, it } from 'vitest';
import { factColumns, factTable } from '../../contracts/warehouse.ts';
import { grains } from '../../domain/integrations/platform.ts';
import { googleAdsDescriptor } from '../../platforms/google-ads/descriptor.ts';
import { googleAdsMapping } from '../../platforms/google-ads/mapping.ts';
import { descriptors, mappings } from '../../platforms/registry.ts';
import { dataDictionary } from '../../scripts/generate/data-dictionary.ts';

const dictionary = dataDictionary();

/** The lines of one fact table's section. */
function section(name: string, text = dictionary): string {
  return text.split(/^## /m).find((part) => part.startsWith(`${name}\n`)) ?? '';
}

const google = { descriptor: googleAdsDescriptor, mapping: googleAdsMapping };
const common = section('Columns of every table');

describe('the data dictionary', () => {
  it.each(grains.map((grain) => [factTable(grain), grain] as const))('has every column of %s', (name, grain) => {
    const own = section(name);
    for (const column of factColumns(grain)) {
      const line = `| \`${column.name}\` | ${column.type} | `;
      expect(own.includes(line) || common.includes(line), column.name).toBe(true);
    }
  });

  it('names every path that every mapping reads, with its unit and caveat', () => {
    for (const [id, mapping] of Object.entries(mappings)) {
      for (const grain of descriptors[id as keyof typeof descriptors].supports.grains) {
        const own = section(factTable(grain));
        const { reportedCurrency: _, ...sources } = mapping.sources(grain) as Record<
          string,
          { paths: readonly string[]; unit: string; caveat?: string }
        >;
        for (const { paths, unit, caveat } of Object.values(sources)) {
          expect(own).toContain(`${paths.map((path) => `\`${path}\``).join(' + ')} (${unit})`);
          if (caveat !== undefined) expect(own).toContain(caveat);
        }
      }
    }
  });

  it('says what a platform does not report: a column, a grain', () => {
    const silent = {
      ...google,
      descriptor: {
        ...googleAdsDescriptor,
        name: 'Silent Ads',
        supports: { grains: ['account' as const], structure: [] },
      },
    };
    const text = dataDictionary([google, silent]);
    expect(section('fact_campaign_daily', text)).toContain('Not reported by Silent Ads.');
    expect(section('fact_account_daily', text)).not.toContain('Not reported by');
    expect(section('fact_keyword_daily', text)).toMatch(/\| `video_views` \|.*\| \*\*not reported\*\* \|/);
  });

  it('says where rows of one key are added up', () => {
    expect(section('fact_age_daily', dataDictionary([google]))).toContain('Google Ads: the raw rows are finer');
    expect(section('fact_device_daily', dataDictionary([google]))).not.toContain('finer than the fact');
  });

  it('shows an announced end of a version', () => {
    const ending = { ...google, descriptor: { ...googleAdsDescriptor, apiVersionSunset: '2027-06-30' } };
    expect(dataDictionary([ending])).toContain('| stops answering | 2027-06-30 |');
  });
});
