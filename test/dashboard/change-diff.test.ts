import { describe, expect, it } from 'vitest';
import { guardrailRuleNames } from '../../contracts/guardrails.ts';
import {
  operationStatuses as operationStatusesOfContract,
  changeStatuses as statusesOfContract,
} from '../../contracts/schemas/change-requests.ts';
import {
  changeStatuses,
  objectKind,
  operationStatus,
  operationsText,
  personText,
  ruleNames,
} from '../../dashboard/src/pages/changes/change-words.ts';
import { type DiffLine, diffOf, verdictAmount } from '../../dashboard/src/pages/changes/operation-diff.ts';
import { stepWords } from '../../dashboard/src/pages/changes/spend-effect-view.tsx';
import { itemText, labelOf, valueText, wordsOf } from '../../dashboard/src/pages/changes/value-text.ts';
import type { ChangeOperation } from '../../sdks/javascript/src/generated/api.ts';
import { idOf } from './fixture/ids.ts';

const target = { campaignId: idOf('cmp', 1) };
const euros = (amount: number) => ({ micros: amount * 1_000_000, currency: 'EUR' });
const diff = (operation: ChangeOperation['operation'], fields: ChangeOperation['fields']): DiffLine[] =>
  diffOf({ operation, fields }, 'en-GB');

describe('the diff of a change', () => {
  it('shows a budget before and after in its currency, and how far it moves', () => {
    const fields = [{ field: 'dailyBudget', before: euros(50), after: euros(60) }];
    expect(diff({ do: 'set-daily-budget', target, dailyBudget: euros(60) }, fields)).toEqual([
      { kind: 'value', label: 'Daily budget', before: '€50.00', after: '€60.00', step: '€10.00 more (20.0%)' },
    ]);
  });

  it('shows yen without decimals', () => {
    const yen = (amount: number) => ({ micros: amount * 1_000_000, currency: 'JPY' });
    const fields = [{ field: 'dailyBudget', before: yen(21_280), after: yen(15_000) }];
    expect(diff({ do: 'set-daily-budget', target, dailyBudget: yen(15_000) }, fields)).toEqual([
      { kind: 'value', label: 'Daily budget', before: 'JP¥21,280', after: 'JP¥15,000', step: 'JP¥6,280 less (29.5%)' },
    ]);
  });

  it('tells no step between two currencies, nor from nothing in percent', () => {
    const set = { do: 'set-daily-budget', target, dailyBudget: euros(60) };
    const dollars = { micros: 50_000_000, currency: 'USD' };
    expect(diff(set, [{ field: 'dailyBudget', before: dollars, after: euros(60) }])).toMatchObject([{ step: null }]);
    expect(diff(set, [{ field: 'dailyBudget', before: null, after: euros(60) }])).toMatchObject([
      { before: null, step: null },
    ]);
    expect(diff(set, [{ field: 'dailyBudget', before: euros(0), after: euros(60) }])).toMatchObject([
      { step: '€60.00 more' },
    ]);
  });

  it('shows targeting as what is added, what is taken away and what stays', () => {
    const fields = [
      { field: 'targeting.countries', before: ['DE', 'AT'], after: ['DE', 'SE'] },
      {
        field: 'targeting.keywords',
        before: [{ text: 'shoes', match: 'broad' }],
        after: [
          { text: 'shoes', match: 'exact' },
          { text: 'trail shoes', match: 'phrase' },
        ],
      },
      { field: 'targeting.ages', before: null, after: ['18-24', '65-up'] },
    ];
    expect(diff({ do: 'set-targeting', target, targeting: {} }, fields)).toEqual([
      { kind: 'list', label: 'Countries', added: ['Sweden'], removed: ['Austria'], kept: ['Germany'], wasOpen: false },
      {
        kind: 'list',
        label: 'Keywords',
        added: ['[shoes]', '“trail shoes”'],
        removed: ['shoes'],
        kept: [],
        wasOpen: false,
      },
      { kind: 'list', label: 'Ages', added: ['18–24', '65 and over'], removed: [], kept: [], wasOpen: true },
    ]);
  });

  it('opens the targeting and the creative of what is made', () => {
    const made = { do: 'create-ad', ref: 'ad', parent: { ref: 'group' }, name: 'Ad' } as ChangeOperation['operation'];
    const creative = {
      format: 'in-feed-video',
      text: 'Go outside',
      media: { ref: 'clip' },
      landingPageUrl: 'https://example.com/',
    };
    expect(diff(made, [{ field: 'creative', before: null, after: creative }])).toEqual([
      { kind: 'value', label: 'Format', before: null, after: 'In feed video', step: null },
      { kind: 'value', label: 'Text', before: null, after: 'Go outside', step: null },
      { kind: 'value', label: 'Media', before: null, after: '“clip” of this change', step: null },
      { kind: 'value', label: 'Landing page URL', before: null, after: 'https://example.com/', step: null },
    ]);
  });
});

describe('values of a change', () => {
  it.each([
    ['bidding', { strategy: 'target-cpa', amount: euros(12.5) }, 'Target CPA, €12.50'],
    ['bidding', { strategy: 'target-roas', targetRoas: 4.2 }, 'Target ROAS, 4.20×'],
    ['status', 'paused', 'Paused'],
    ['type', 'performance-max', 'Performance Max'],
    ['startDate', '2026-11-21', 'Sat, 21 Nov 2026'],
    ['languages', ['de', 'en'], 'German, English'],
    ['audiences', [], 'None'],
    ['media', { platformId: '4711' }, '4711'],
    ['anything', null, '–'],
    ['name', 'enabled', 'enabled'],
  ])('%s %j reads %s', (field, value, text) => {
    expect(valueText(field, value, 'en-GB')).toBe(text);
  });

  it('keeps a code that no standard knows', () => {
    expect(itemText('countries', 'not-a-country', 'en-GB')).toBe('not-a-country');
  });

  it('makes words of names of fields and of values', () => {
    expect([labelOf('utmTemplate'), labelOf('politicalAdvertising'), wordsOf('manual-cpc')]).toEqual([
      'UTM template',
      'Political advertising',
      'Manual CPC',
    ]);
  });
});

describe('words of a change', () => {
  it('has a word for every state and every guardrail of the contract', () => {
    expect(changeStatuses.toSorted()).toEqual(statusesOfContract.toSorted());
    expect(Object.keys(operationStatus).toSorted()).toEqual(operationStatusesOfContract.toSorted());
    expect(Object.keys(ruleNames).toSorted()).toEqual(guardrailRuleNames.toSorted());
  });

  it('counts operations with those first that need somebody', () => {
    expect(operationsText({ operationCounts: { applied: 3, failed: 1, unknown: 2 } })).toBe(
      '6 operations, 2 not known, 1 failed',
    );
    expect(operationsText({ operationCounts: { planned: 1 } })).toBe('1 operation');
    expect(operationsText({ operationCounts: { blocked: 1 } })).toBe('1 operation, cannot be applied');
  });

  it.each([
    ['share', null, 0.5, '50.0%'],
    ['share', null, Number.MAX_SAFE_INTEGER, 'from nothing'],
    ['micros', 'EUR', 12_000_000, '€12.00'],
    ['minutes', null, 4, '4 min'],
    ['time', null, '22:30', '22:30'],
    ['status', null, 'paused', 'Paused'],
    ['micros', 'EUR', null, null],
  ] as const)('a guardrail’s %s in %s of %s reads %s', (unit, currency, amount, text) => {
    expect(verdictAmount({ unit, currency }, amount, 'en-GB')).toBe(text);
  });

  it('tells the step of an effect on spend', () => {
    expect(stepWords({ before: 100_000_000, after: 80_000_000 }, 'EUR', 'en-GB')).toBe('€20.00 less (20.0%)');
    expect(stepWords({ before: 0, after: 80_000_000 }, 'EUR', 'en-GB')).toBe('€80.00 more');
    expect(stepWords({ before: 5, after: 5 }, 'EUR', 'en-GB')).toBe('no difference');
  });

  it('names whoever looks, and shortens the ids of others', () => {
    expect(personText('abc', 'abc')).toBe('You');
    expect(personText('7d0c5e0a-6f0e-4c1b-9a51-0a3f5b8d2c11', 'abc')).toBe('7d0c5e0a…');
    expect(personText('automation', undefined)).toBe('automation');
  });

  it('says what LinkedIn calls the object', () => {
    const object = { kind: 'campaign', id: null, name: '', campaignId: null } as const;
    expect(objectKind({ object, platform: 'linkedin-ads' })).toBe('Campaign (the platform calls it campaign group)');
    expect(objectKind({ object, platform: 'tiktok-ads' })).toBe('Campaign');
  });
});
