import { describe, expect, it } from 'vitest';
import { AdsFailure } from '../../../simulator/google-ads/failure.ts';
import { parse } from '../../../simulator/google-ads/gaql/parser.ts';

function refusal(query: string): string {
  try {
    parse(query);
  } catch (error) {
    if (error instanceof AdsFailure) return error.code;
    throw error;
  }
  return 'accepted';
}

describe('the GAQL parser', () => {
  it('reads every clause', () => {
    const query = `
      select campaign.id, metrics.clicks FROM campaign
      WHERE campaign.status IN ('ENABLED', PAUSED) AND segments.date BETWEEN '2026-11-01' AND "2026-11-10"
        AND campaign.name NOT LIKE '%brand%' AND metrics.clicks >= 10 AND segments.date during last_7_days
        AND campaign.id IS NOT NULL AND ad_group_ad.ad.final_urls CONTAINS ANY ('a', 'b')
      ORDER BY metrics.clicks DESC, campaign.id LIMIT 5 PARAMETERS include_drafts = true, omit_unselected_resource_names=false`;
    expect(parse(query)).toEqual({
      select: ['campaign.id', 'metrics.clicks'],
      from: 'campaign',
      where: [
        { field: 'campaign.status', operator: 'IN', values: ['ENABLED', 'PAUSED'] },
        { field: 'segments.date', operator: 'BETWEEN', low: '2026-11-01', high: '2026-11-10' },
        { field: 'campaign.name', operator: 'NOT LIKE', value: '%brand%' },
        { field: 'metrics.clicks', operator: '>=', value: '10' },
        { field: 'segments.date', operator: 'DURING', range: 'LAST_7_DAYS' },
        { field: 'campaign.id', operator: 'IS NOT NULL' },
        { field: 'ad_group_ad.ad.final_urls', operator: 'CONTAINS ANY', values: ['a', 'b'] },
      ],
      orderBy: [
        { field: 'metrics.clicks', descending: true },
        { field: 'campaign.id', descending: false },
      ],
      limit: 5,
      parameters: { include_drafts: 'true', omit_unselected_resource_names: 'false' },
    });
  });

  it('reads quotes and escapes in strings', () => {
    const [first, second] = parse(
      String.raw`SELECT campaign.id FROM campaign WHERE campaign.name = 'a \'b\' "c"' AND campaign.name != "d\\e"`,
    ).where;
    expect([first, second]).toMatchObject([{ value: `a 'b' "c"` }, { value: 'd\\e' }]);
  });

  it.each([
    ['FROM campaign', 'EXPECTED_SELECT'],
    ['', 'EXPECTED_SELECT'],
    ['SELECT campaign.id', 'EXPECTED_FROM'],
    ['SELECT campaign.id campaign.name FROM campaign', 'EXPECTED_FROM'],
    ['SELECT FROM campaign', 'UNEXPECTED_INPUT'],
    ['SELECT campaign.id FROM', 'UNEXPECTED_END_OF_QUERY'],
    ['SELECT campaign.Id FROM campaign', 'BAD_FIELD_NAME'],
    ['SELECT campaign..id FROM campaign', 'BAD_FIELD_NAME'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id', 'UNEXPECTED_END_OF_QUERY'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id 5', 'BAD_OPERATOR'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id = 5 OR campaign.id = 6', 'EXPECTED_AND'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id IN 5', 'EXPECTED_LIST'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id IN ()', 'PROHIBITED_EMPTY_LIST_IN_CONDITION'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id = (5)', 'EXPECTED_SINGLE_VALUE'],
    ['SELECT campaign.id FROM campaign WHERE campaign.id BETWEEN 1', 'EXPECTED_AND'],
    ['SELECT campaign.id FROM campaign WHERE campaign.name = "open', 'STRING_NOT_TERMINATED'],
    ["SELECT campaign.id FROM campaign WHERE campaign.name = 'a\nb'", 'PROHIBITED_NEWLINE_IN_STRING'],
    [String.raw`SELECT campaign.id FROM campaign WHERE campaign.name = 'a\q'`, 'BAD_ESCAPE_SEQUENCE'],
    ['SELECT campaign.id FROM campaign; DROP', 'BAD_SYMBOL'],
    ['SELECT campaign.id FROM campaign ORDER campaign.id', 'EXPECTED_BY'],
    ['SELECT campaign.id FROM campaign LIMIT many', 'BAD_LIMIT_VALUE'],
    ['SELECT campaign.id FROM campaign LIMIT 1.5', 'BAD_LIMIT_VALUE'],
    ['SELECT campaign.id FROM campaign LIMIT 0', 'LIMIT_VALUE_TOO_LOW'],
    ['SELECT campaign.id FROM campaign LIMIT 5 WHERE campaign.id = 1', 'UNEXPECTED_INPUT'],
    ['SELECT campaign.id FROM campaign PARAMETERS colour=true', 'BAD_PARAMETER_NAME'],
    ['SELECT campaign.id FROM campaign PARAMETERS include_drafts=maybe', 'BAD_PARAMETER_VALUE'],
  ])('refuses %j with %s', (query, code) => {
    expect(refusal(query)).toBe(code);
  });
});
