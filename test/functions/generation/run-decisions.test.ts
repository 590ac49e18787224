import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtInTextModel } from '../../../adapters/models/built-in-text-model.ts';
import { changeDetail } from '../../../contracts/schemas/change-requests.ts';
import { type GenerationWorld, openGenerationWorld } from './generation-world.ts';

let world: GenerationWorld;
let good: GenerationWorld['inputs'];
beforeAll(async () => {
  world = await openGenerationWorld();
  good = world.inputs;
}, 30_000);
afterAll(() => world.close());
beforeEach(() => {
  Object.assign(world, { inputs: good, model: builtInTextModel, approvalSeconds: 604_800, failAt: null });
  world.called.length = 0;
});

const runs = '/v1/pipelines/campaign-generation/runs';
const onlyGoogle = { variants: 3, languages: ['en'], platforms: ['google-ads'] };
const control = (runId: string, what: 'cancel' | 'resume') =>
  world.call('POST', `${runs}/{runId}/${what}`, { path: { runId } });
const waiting = async (body: Record<string, unknown> = {}) => {
  const runId = await world.start({ ...onlyGoogle, ...body });
  const detail = await world.until(runId, 'awaiting-approval', 'failed');
  expect(detail.error).toBe(null);
  return runId;
};
const textsOf = async (runId: string, round: number) =>
  (await world.creatives(runId)).filter((one) => one.round === round).map(({ texts }) => texts.map(({ text }) => text));

describe('a decision', () => {
  it('sends creatives back: they are written anew, and the comment stays in the history', async () => {
    const runId = await waiting();
    const first = await textsOf(runId, 1);
    expect((await world.decide(runId, { decision: 'send-back' })).status).toBe(400);
    expect((await world.decide(runId, { decision: 'send-back', comment: 'Less about the price' })).status).toBe(202);
    const again = await world.until(runId, 'awaiting-approval', 'failed');
    expect(again).toMatchObject({
      round: 2,
      decisions: [{ round: 1, decision: 'send-back', comment: 'Less about the price' }],
    });
    const second = await textsOf(runId, 2);
    expect(second).toHaveLength(first.length);
    expect(second).not.toEqual(first);
    expect((await world.creatives(runId)).filter(({ round }) => round === 1).map(({ status }) => status)).toEqual(
      Array(first.length).fill('sent-back'),
    );
  });

  it('rejects a run, and nothing is launched', async () => {
    const runId = await waiting();
    expect((await world.decide(runId, { decision: 'reject', comment: 'Not now' })).status).toBe(202);
    expect(await world.until(runId, 'rejected')).toMatchObject({ changes: [] });
    expect((await world.decide(runId, { decision: 'approve' })).status).toBe(409);
    expect(world.called).not.toContain('LaunchCampaigns');
  });

  it('launches the creatives that were named and no others', async () => {
    const runId = await waiting();
    const [first, ...rest] = await world.creatives(runId);
    await world.decide(runId, { decision: 'approve', creativeIds: [first?.id] });
    const { changes } = await world.until(runId, 'succeeded', 'partial', 'failed');
    const operations = await world.desk.stores.changes.operations(changes[0]?.changeId ?? '');
    expect(operations.filter(({ operation }) => operation.do === 'create-ad')).toHaveLength(1);
    const { desk } = world;
    const shown = await desk.call('GET', '/v1/changes/{changeId}', { id: changes[0]?.changeId ?? '' });
    await desk.work(changeDetail.parse(shown.body));
    expect((await desk.get(changeDetail.parse(shown.body))).status).toBe('applied');
    const statuses = new Map((await world.creatives(runId)).map(({ id, status }) => [id, status]));
    expect(statuses.get(first?.id ?? '')).toBe('launched');
    expect(rest.map(({ id }) => statuses.get(id))).toEqual(rest.map(() => 'rejected'));
  });

  it('sets live what was made, by a change of its own, where the run was started so', async () => {
    const { desk } = world;
    const runId = await waiting({ launch: 'live', variants: 1 });
    await world.decide(runId, { decision: 'approve' });
    const detailOf = async (id: string | null | undefined) =>
      changeDetail.parse((await desk.call('GET', '/v1/changes/{changeId}', { id: id ?? '' })).body);
    const made = async () => {
      const [first] = (await desk.stores.generationRuns.get(runId))?.changes ?? [];
      return first?.changeId ?? null;
    };
    await expect.poll(made, { timeout: 10_000 }).not.toBe(null);
    await desk.work(await detailOf(await made()));
    const done = await world.until(runId, 'succeeded', 'partial', 'failed');
    expect(done, JSON.stringify(done.changes)).toMatchObject({ status: 'succeeded' });
    const enabling = await detailOf(done.changes[1]?.changeId);
    await desk.work(enabling);
    const { status, operations } = await desk.get(enabling);
    expect(status).toBe('applied');
    expect(operations.map(({ operation, object }) => [operation.do, object.kind])).toEqual([
      ['set-status', 'ad'],
      ['set-status', 'ad-group'],
      ['set-status', 'campaign'],
    ]);
  });

  it('is not waited for longer than was set, and can be asked for again', async () => {
    world.approvalSeconds = 1;
    const runId = await world.start(onlyGoogle);
    expect(await world.until(runId, 'expired')).toMatchObject({ error: expect.stringContaining('Nobody decided') });
    world.approvalSeconds = 604_800;
    expect((await control(runId, 'resume')).status).toBe(202);
    await world.until(runId, 'awaiting-approval');
  });
});

describe('a cancelled run', () => {
  it('ends while it waits, and goes on when it is resumed', async () => {
    const runId = await waiting();
    expect((await control(runId, 'cancel')).status).toBe(202);
    expect(await world.until(runId, 'cancelled')).toMatchObject({ error: null, expiresAt: null });
    expect((await world.decide(runId, { decision: 'approve' })).status).toBe(409);
    expect((await control(runId, 'cancel')).status).toBe(202);
    expect((await control(runId, 'resume')).status).toBe(202);
    await world.until(runId, 'awaiting-approval');
  });

  it('ends before its next step while it is under way', async () => {
    let cancelled: Promise<unknown> | undefined;
    world.model = {
      write: async (request) => {
        const { items } = await world.desk.stores.generationRuns.list({ status: 'running', limit: 1 });
        cancelled ??= control(items[0]?.id ?? '', 'cancel');
        await cancelled;
        return builtInTextModel.write(request);
      },
    };
    const runId = await world.start(onlyGoogle);
    expect(await world.until(runId, 'cancelled', 'awaiting-approval')).toMatchObject({ status: 'cancelled' });
    expect(world.called).not.toContain('AskApproval');
  });
});
