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
const _control = (runId: string, what: 'cancel' | 'resume') =>
  world.call('POST', `${runs}/{runId}/${what}`, { path: { runId } });
const waiting = async (body: Record<string, unknown> = {}) => {
  const runId = await world.start({ ...onlyGoogle, ...body });
  const detail = await world.until(runId, 'awaiting-approval', 'failed');
  expect(detail.error).toBe(null);
  return runId;
};
const _textsOf = async (runId: string, round: number) =>
  (await world.creatives(runId)).filter((one) => one.round === round).map(({ texts }) => texts.map(({ text }) => text));

describe('a launch', () => {
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
});
