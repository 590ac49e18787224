import { describe, expect, it } from 'vitest';
import { guardrailDefaults } from '../../../contracts/guardrails.ts';
import type { GuardrailPolicy } from '../../../contracts/schemas/guardrails.ts';
import { loosenedFields } from '../../../domain/changes/loosened.ts';

const set: GuardrailPolicy = {
  ...guardrailDefaults,
  workspaceCeiling: { dailyMicros: 100, monthlyMicros: 1_000 },
  accountCeilings: { acc_00000000000000000000000000: { dailyMicros: 10, monthlyMicros: null } },
  quietHours: { from: '22:00', to: '06:00', timeZone: null },
  protectedCampaigns: ['cmp_00000000000000000000000000'],
  decreasesAtOnce: false,
  approval: { raiseAboveDailyMicros: 50, roles: ['owner'], byAnother: true },
};

describe('a policy is loosened', () => {
  it.each<[Partial<GuardrailPolicy>, boolean]>([
    [{}, false],
    [{ maxRaiseShare: 0.6 }, true],
    [{ maxRaiseShare: 0.4 }, false],
    [{ maxRaiseShareIn24Hours: 1.1 }, true],
    [{ maxCutShare: 0.81 }, true],
    [{ minutesBetweenChanges: 5 }, true],
    [{ minutesBetweenChanges: 15 }, false],
    [{ workspaceCeiling: { dailyMicros: null, monthlyMicros: 1_000 } }, true],
    [{ workspaceCeiling: { dailyMicros: 100, monthlyMicros: 1_001 } }, true],
    [{ workspaceCeiling: { dailyMicros: 99, monthlyMicros: 1_000 } }, false],
    [{ accountCeilings: {} }, true],
    [
      {
        accountCeilings: {
          ...set.accountCeilings,
          acc_00000000000000000000000001: { dailyMicros: 1, monthlyMicros: 1 },
        },
      },
      false,
    ],
    [{ quietHours: null }, true],
    [{ quietHours: { from: '22:00', to: '05:59', timeZone: null } }, true],
    [{ quietHours: { from: '21:00', to: '06:00', timeZone: null } }, false],
    [{ quietHours: { from: '22:00', to: '06:00', timeZone: 'UTC' } }, true],
    [{ protectedCampaigns: [] }, true],
    [{ decreasesAtOnce: true }, true],
    [{ approval: null }, true],
    [{ approval: { raiseAboveDailyMicros: 51, roles: ['owner'], byAnother: true } }, true],
    [{ approval: { raiseAboveDailyMicros: 50, roles: ['owner', 'manager'], byAnother: true } }, true],
    [{ approval: { raiseAboveDailyMicros: 50, roles: ['owner'], byAnother: false } }, true],
    [{ approval: { raiseAboveDailyMicros: 10, roles: ['owner'], byAnother: true } }, false],
  ])('by %j: %s', (change, loosened) => {
    expect(loosenedFields(set, { ...set, ...change })).toEqual(loosened ? Object.keys(change) : []);
  });

  it('by nothing that was set where nothing was', () => {
    expect(loosenedFields(guardrailDefaults, set)).toEqual([]);
  });
});
