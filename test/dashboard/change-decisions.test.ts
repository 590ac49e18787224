import { describe, expect, it } from 'vitest';
import { type Looker, offersOf } from '../../dashboard/src/pages/changes/decisions.ts';
import { pauseBefore } from '../../dashboard/src/pages/changes/use-change.ts';
import type { ChangeDetail, ChangeOperation } from '../../sdks/javascript/src/generated/api.ts';

const owner: Looker = { subject: 'me', role: 'owner', mayWrite: true, mayApprove: true };
const analyst: Looker = { subject: 'me', role: 'analyst', mayWrite: false, mayApprove: false };
const approval = { raiseAboveDailyMicros: 0, roles: ['owner'], byAnother: true } as const;

const operation = (status: ChangeOperation['status']): ChangeOperation =>
  ({ status, result: status === 'applied' ? {} : null }) as ChangeOperation;
const change = (
  status: ChangeDetail['status'],
  operations: readonly ChangeOperation['status'][] = ['planned'],
  more: Partial<ChangeDetail> = {},
): ChangeDetail =>
  ({
    status,
    confirmable: true,
    createdBy: 'another',
    decidedBy: null,
    undoneBy: null,
    verdicts: [],
    operations: operations.map(operation),
    ...more,
  }) as unknown as ChangeDetail;
const offered = (...given: Parameters<typeof offersOf>): string[] =>
  offersOf(...given).map(({ decision, refusal }) => (refusal === undefined ? decision : `not ${decision}`));

describe('what is offered to do with a change', () => {
  it.each([
    ['previewed', ['planned'], ['confirm', 'discard']],
    ['awaiting-approval', ['planned'], ['approve', 'discard']],
    ['applying', ['pending'], []],
    ['applied', ['applied'], ['undo']],
    ['partial', ['applied', 'failed'], ['resume', 'undo']],
    ['partial', ['applied', 'conflict'], ['undo']],
    ['failed', ['failed'], ['resume']],
    ['failed', ['unknown'], ['resume']],
    ['failed', ['conflict'], []],
    ['discarded', ['planned'], []],
    ['expired', ['planned'], []],
  ] as const)('%s with %j: %j', (status, operations, expected) => {
    expect(offered(change(status, operations), owner, null)).toEqual(expected);
  });

  it('does not undo twice', () => {
    expect(offered(change('applied', ['applied'], { undoneBy: 'chg_1' }), owner, null)).toEqual([]);
  });

  it('says why a change with a violated guardrail or a blocked operation is not confirmed', () => {
    const verdicts = [{ outcome: 'violated' }] as unknown as ChangeDetail['verdicts'];
    const [violated] = offersOf(change('previewed', ['planned'], { confirmable: false, verdicts }), owner, null);
    expect(violated?.refusal).toMatch(/guardrail is violated/);
    const [blocked] = offersOf(change('previewed', ['blocked'], { confirmable: false }), owner, null);
    expect(blocked?.refusal).toMatch(/operation cannot be applied/);
  });

  it('lets an analyst look and says whom to ask', () => {
    const offers = offersOf(change('previewed'), analyst, null);
    expect(offers.map(({ refusal }) => refusal)).toEqual(
      Array(2).fill(expect.stringMatching(/analyst.*owner or manager/)),
    );
    expect(offered(change('awaiting-approval'), analyst, undefined)).toEqual(['not approve', 'not discard']);
  });

  it('keeps whoever asked for a change or confirmed it from approving it, where another has to', () => {
    expect(offered(change('awaiting-approval'), owner, approval)).toEqual(['approve', 'discard']);
    expect(offered(change('awaiting-approval', ['planned'], { createdBy: 'me' }), owner, approval)[0]).toBe(
      'not approve',
    );
    expect(offered(change('awaiting-approval', ['planned'], { decidedBy: 'me' }), owner, approval)[0]).toBe(
      'not approve',
    );
    const alone = { ...approval, byAnother: false };
    expect(offered(change('awaiting-approval', ['planned'], { createdBy: 'me' }), owner, alone)[0]).toBe('approve');
  });

  it('holds the roles of the policy against the person', () => {
    const manager = { ...owner, role: 'manager' };
    expect(offersOf(change('awaiting-approval'), manager, approval)[0]?.refusal).toMatch(/manager.*the role owner/);
  });
});

describe('following a change', () => {
  it('looks seldomer the longer it takes, and stops within a quarter of an hour', () => {
    const pauses: number[] = [];
    for (let looks = 0; pauses.length < 1_000; looks += 1) {
      const pause = pauseBefore(looks);
      if (pause === undefined) break;
      pauses.push(pause);
    }
    expect(pauses).toEqual(pauses.toSorted((a, b) => a - b));
    const whole = pauses.reduce((sum, pause) => sum + pause, 0);
    expect(whole).toBeGreaterThan(5 * 60_000);
    expect(whole).toBeLessThan(15 * 60_000);
  });
});
