import { describe, expect, it } from 'vitest';
import { guardrailDefaults } from '../../contracts/guardrails.ts';
import { guardrailPolicy } from '../../contracts/schemas/guardrails.ts';
import { draftOf, type PolicyDraft, readPolicy } from '../../dashboard/src/pages/guardrails/policy-draft.ts';
import { idOf } from './fixture/ids.ts';
import { createMarket } from './fixture/market.ts';

const { accounts } = createMarket(0);
const around = { currency: 'EUR', accounts };
const yen = accounts.find(({ currency }) => currency === 'JPY')?.id ?? '';
const before = draftOf(guardrailDefaults, accounts);
const read = (part: Partial<PolicyDraft>) => readPolicy({ ...before, ...part }, before, around);

describe('the guardrails as they are written', () => {
  it('are read back as they were, field by field', () => {
    const policy = {
      ...guardrailDefaults,
      maxRaiseShare: 0.335,
      workspaceCeiling: { dailyMicros: 1_500_500_000, monthlyMicros: null },
      accountCeilings: { [yen]: { dailyMicros: null, monthlyMicros: 90_000_000_000 } },
      quietHours: { from: '22:00', to: '06:30', timeZone: 'Europe/Berlin' },
      protectedCampaigns: [idOf('cmp', 3)],
      approval: { raiseAboveDailyMicros: 100_000_000, roles: ['manager' as const], byAnother: false },
    };
    // Against an empty draft, so that each field is read.
    const found = readPolicy(draftOf(policy, accounts), {} as PolicyDraft, around);
    expect(found).toEqual({ kind: 'read', policy });
    expect(guardrailPolicy.parse(found.kind === 'read' && found.policy)).toEqual(policy);
  });

  it('send only what was touched: a share with more decimals than the form shows is not rounded', () => {
    const fine = { ...guardrailDefaults, maxRaiseShare: 1 / 3 };
    const draft = draftOf(fine, accounts);
    expect(draft.maxRaiseShare).toBe('33.33');
    expect(readPolicy({ ...draft, maxCutShare: '75' }, draft, around)).toEqual({
      kind: 'read',
      policy: { maxCutShare: 0.75 },
    });
    expect(readPolicy(draft, draft, around)).toEqual({ kind: 'read', policy: {} });
  });

  it.each([
    ['12,5', 0.125],
    ['0', 0],
    ['10000', 100],
  ])('take %s percent as the share %d', (text, share) => {
    expect(read({ maxRaiseShare: text })).toEqual({ kind: 'read', policy: { maxRaiseShare: share } });
  });

  it('take an empty ceiling as none, a written nothing as nothing, and drop an account without either', () => {
    expect(read({ workspaceCeiling: { daily: '0', monthly: ' ' } })).toEqual({
      kind: 'read',
      policy: { workspaceCeiling: { dailyMicros: 0, monthlyMicros: null } },
    });
    const written = { ...before.accountCeilings, [yen]: { daily: '12000', monthly: '' } };
    expect(read({ accountCeilings: written })).toEqual({
      kind: 'read',
      policy: { accountCeilings: { [yen]: { dailyMicros: 12_000_000_000, monthlyMicros: null } } },
    });
  });

  it('keep the ceiling of an account that is not listed', () => {
    const gone = idOf('acc', 999);
    const policy = {
      ...guardrailDefaults,
      accountCeilings: { [gone]: { dailyMicros: 5_000_000, monthlyMicros: null } },
    };
    const draft = draftOf(policy, accounts);
    const found = readPolicy(
      { ...draft, accountCeilings: { ...draft.accountCeilings, [yen]: { daily: '9000', monthly: '' } } },
      draft,
      around,
    );
    expect(found.kind === 'read' && Object.keys(found.policy.accountCeilings ?? {}).sort()).toEqual([gone, yen].sort());
  });
});

describe('what cannot be read', () => {
  const quiet = { on: true, from: '22:00', to: '06:00', timeZone: '' };
  const approval = { on: true, above: '100', owner: true, manager: false, byAnother: true };
  it.each<[string, Partial<PolicyDraft>, string]>([
    ['a share that is no number', { maxRaiseShare: 'half' }, 'maxRaiseShare'],
    ['a cut of more than everything', { maxCutShare: '101' }, 'maxCutShare'],
    ['a spacing of more than a week', { minutesBetweenChanges: '10081' }, 'minutesBetweenChanges'],
    ['a ceiling with separators', { workspaceCeiling: { daily: '1,000', monthly: '' } }, 'workspaceCeiling.daily'],
    [
      'decimals of a currency without',
      { accountCeilings: { ...before.accountCeilings, [yen]: { daily: '', monthly: '10.5' } } },
      `accountCeilings.${yen}.monthly`,
    ],
    ['quiet hours that end where they begin', { quietHours: { ...quiet, to: '22:00' } }, 'quietHours'],
    ['quiet hours without an end', { quietHours: { ...quiet, to: '' } }, 'quietHours'],
    ['a time zone nobody knows', { quietHours: { ...quiet, timeZone: 'Mars/Olympus' } }, 'quietHours'],
    ['an approval by nobody', { approval: { ...approval, owner: false } }, 'approval'],
    ['an approval above no amount', { approval: { ...approval, above: '' } }, 'approval'],
  ])('%s is refused at its field', (_, part, place) => {
    const found = read(part);
    expect(found.kind === 'refused' && Object.keys(found.faults)).toEqual([place]);
  });

  it('keeps all from being saved, also beside what can be read', () => {
    expect(read({ maxCutShare: '50', maxRaiseShare: '-1' }).kind).toBe('refused');
  });
});
