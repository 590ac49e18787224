import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Operation } from '../../../../contracts/schemas/changes.ts';
import { problem } from '../../../../contracts/schemas/problem.ts';
import type { PlatformId, StructureRow } from '../../../../domain/integrations/platform.ts';
import { newWorkspace } from '../../../adapters/http/api-world.ts';
import { against, auditOf, budget, euros, made, newCampaign } from './desk-steps.ts';
import { type Desk, openDesk } from './write-desk.ts';

const patience = 30_000;

/** What the API answers to input that cannot be, over one simulated platform. */
export interface BadInput {
  readonly platform: PlatformId;
  /** Beneath the campaign `c`. */
  readonly adGroup: Partial<Extract<Operation, { do: 'create-ad-group' }>>;
  /** An ad with a text of so many characters. */
  readonly creative: (words: string) => Extract<Operation, { do: 'create-ad' }>['creative'];
  readonly textField: string;
  readonly longest: number;
  /** A daily budget below the least of a campaign, and that as the platform says it. */
  readonly tooSmallMicros: number;
  readonly least: RegExp;
  /** Credentials that the platform does not know any more. */
  readonly spoiled: Readonly<Record<string, string>>;
  readonly spoiledCode: RegExp;
  readonly maintenance: { readonly code: RegExp; readonly words: RegExp };
}

export function describeBadInput(given: BadInput): void {
  const { platform } = given;
  let desk: Desk;
  let campaignId: string;
  let adGroupId: string;

  beforeAll(async () => {
    desk = await openDesk(async () => ({ kind: 'refused', reason: 'not here' }));
    const group: Operation = {
      do: 'create-ad-group',
      ref: 'g',
      campaign: { ref: 'c' },
      name: 'Shoes',
      ...given.adGroup,
    };
    [campaignId = '', adGroupId = ''] = await made(desk, [newCampaign(desk, platform, 'Trail'), group]);
  }, patience);
  afterAll(() => desk.close());
  beforeEach(() => {
    // Nobody changes the same twice within ten minutes.
    desk.now += 1_200_000;
  });
  afterEach(() => desk.simulator.faults.clear());

  const ofItsOwn = async (name: string): Promise<string> =>
    (await made(desk, [newCampaign(desk, platform, name)]))[0] ?? '';
  async function withSpoiledCredentials(run: () => Promise<unknown>): Promise<void> {
    const before = desk.credentials[platform];
    desk.credentials[platform] = { ...before, ...given.spoiled };
    try {
      await run();
    } finally {
      desk.credentials[platform] = before;
    }
  }

  describe(`a change on ${platform}`, { timeout: patience }, () => {
    it('of what is not in the workspace is refused in the same words, whether it is nowhere or somebody else’s', async () => {
      const somebodys = await theirs(desk, platform);
      const nowhere = somebodys.replace(/.$/, (last) => (last === '0' ? '1' : '0'));
      for (const id of [somebodys, nowhere]) {
        const body = { reason: 'a test', operations: [budget(id, euros(90))] };
        const answer = await desk.call('POST', '/v1/changes', { body });
        expect(answer.status).toBe(404);
        expect(problem.parse(answer.body).errors).toEqual([
          { field: 'operations.0.target.campaignId', message: `there is no ${id} in this workspace` },
        ]);
      }
      expect((await desk.stores.changes.list({ limit: 10 })).items).toHaveLength(1);
    });

    it('with money of another currency names both', async () => {
      const [found] = await against(desk, budget(campaignId, { micros: 90_000_000, currency: 'USD' }));
      expect(found?.field).toBe('dailyBudget.currency');
      expect(found?.reason).toMatch(/USD.*EUR/);
    });

    it('with a budget below the platform’s minimum names the least', async () => {
      const [found] = await against(desk, budget(campaignId, { micros: given.tooSmallMicros, currency: 'EUR' }));
      expect(found?.field).toBe('dailyBudget');
      expect(found?.reason).toMatch(given.least);
    });

    it('with a text that is too long names the text, its length and the limit', async () => {
      const creative = given.creative('x'.repeat(given.longest + 1));
      const ad: Operation = { do: 'create-ad', ref: 'ad', parent: { adGroupId }, name: 'Ad', creative };
      const [found] = await against(desk, ad);
      expect(found?.field).toBe(given.textField);
      const numbers = new Set((found?.reason ?? '').match(/\d+/g));
      expect([given.longest + 1, given.longest].every((one) => numbers.has(String(one)))).toBe(true);
    });

    it('of a campaign that was removed, known here or found there, is refused', async () => {
      const mirrored = { kind: 'campaign', platformId: '1790000000000001', status: 'removed' } as const;
      expect((await against(desk, budget(await desk.mirror(platform, mirrored), euros(90))))[0]).toMatchObject({
        field: 'target',
        reason: expect.stringMatching(/is removed on the platform/),
      });
      const gone = { kind: 'campaign', platformId: '1790000000000002' } as const;
      expect((await against(desk, budget(await desk.mirror(platform, gone), euros(90))))[0]).toMatchObject({
        field: 'target',
        reason: expect.stringMatching(/no such object any more/),
      });
    });

    it('of a campaign that is removed after the preview is a conflict, and what follows from it is blocked', async () => {
      const id = await ofItsOwn('Short-lived');
      const target = { campaignId: id };
      const change = await desk.preview([budget(id, euros(100)), { do: 'rename', target, name: 'Other' }]);
      await made(desk, [{ do: 'remove', target }]);
      await desk.confirm(change);
      await desk.work(change);
      expect(await desk.get(change)).toMatchObject({
        status: 'failed',
        operations: [
          { status: 'conflict', conflict: { field: 'status', found: 'removed' } },
          { status: 'blocked', error: { reason: expect.stringMatching(/operations\.0/) } },
        ],
      });
      expect((await auditOf(desk, change)).map(({ action }) => action)).toEqual([
        'change.finished',
        'operation.blocked',
        'operation.conflict',
        'change.confirmed',
        'change.previewed',
      ]);
    });

    it('without a valid authorisation says so at the preview, and what to do', async () => {
      await withSpoiledCredentials(async () => {
        const [found] = await against(desk, budget(campaignId, euros(90)));
        expect(found?.field).toBe('accountId');
        expect(found?.platformCode).toMatch(given.spoiledCode);
        expect(found?.reason).toMatch(/Authorize the connection again/);
      });
    });

    it('that loses its authorisation before it is applied fails with the platform’s word, and can be resumed', async () => {
      const change = await desk.preview([budget(await ofItsOwn('Expiring'), euros(100))]);
      await desk.confirm(change);
      const writes = desk.simulator.writes.list().length;
      await withSpoiledCredentials(() => desk.work(change));
      const failed = await desk.get(change);
      const error = failed.operations[0]?.error;
      expect(failed).toMatchObject({ status: 'failed', operations: [{ status: 'failed', attempts: 1 }] });
      expect(error?.platformCode).toMatch(given.spoiledCode);
      expect(error?.reason).toMatch(/Authorize the connection again, then resume/);
      expect((await auditOf(desk, change)).slice(0, 2)).toMatchObject([
        { action: 'change.finished' },
        { action: 'operation.failed', problem: error },
      ]);
      expect(desk.simulator.writes.list().length).toBe(writes);
      expect((await desk.call('POST', '/v1/changes/{changeId}/resume', { id: change.id ?? '' })).status).toBe(202);
      await desk.work(change);
      expect(await desk.get(change)).toMatchObject({
        status: 'applied',
        operations: [{ status: 'applied', error: null }],
      });
    });

    it('during maintenance says so at the preview in the platform’s own words', async () => {
      desk.simulator.faults.add({ kind: 'maintenance', match: { platform }, times: undefined, retryAfterSeconds: 0 });
      const [found] = await against(desk, budget(campaignId, euros(90)));
      expect(found?.field).toBe('accountId');
      expect(found?.platformCode).toMatch(given.maintenance.code);
      expect(found?.reason).toMatch(given.maintenance.words);
      expect(found?.reason).toMatch(/Preview it again in a while/);
    });

    it('confirmed before maintenance began is applied once when it is over', async () => {
      const change = await desk.preview([budget(await ofItsOwn('Maintained'), euros(100))]);
      await desk.confirm(change);
      const writes = desk.simulator.writes.list().length;
      // Four tries of a reading are one try of the operation.
      desk.simulator.faults.add({ kind: 'maintenance', match: { platform }, times: 4, retryAfterSeconds: 0 });
      await desk.work(change);
      expect(await desk.get(change)).toMatchObject({ status: 'applied', operations: [{ attempts: 2 }] });
      expect(desk.simulator.writes.list().length).toBe(writes + 1);
    });
  });

  it('and the audit trail of all of it holds', async () => {
    expect(await desk.stores.audit.verify()).toMatchObject({ valid: true, faultCount: 0 });
  });
}

/** A campaign of another workspace, by its id. */
async function theirs(desk: Desk, platform: PlatformId): Promise<string> {
  const other = newWorkspace(desk.world.stores);
  const scope = { workspaceId: other.workspaceId, platform, accountPlatformId: '77' };
  const campaign: StructureRow = {
    ...{ kind: 'campaign', platformId: '5', name: 'Theirs', status: 'enabled', type: 'search' },
    ...{ campaignPlatformId: null, adGroupPlatformId: null, dailyBudgetMicros: 1, creative: null },
  };
  await other.campaigns.synchronise(
    { ...scope, accountId: desk.accountOf(platform), currency: 'EUR' },
    (async function* () {
      yield [campaign];
    })(),
    new Date(desk.now).toISOString(),
  );
  return (await other.campaigns.list({ limit: 1 })).items[0]?.id ?? '';
}
