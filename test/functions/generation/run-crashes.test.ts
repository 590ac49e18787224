import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtInTextModel } from '../../../adapters/models/built-in-text-model.ts';
import type { TextModel } from '../../../adapters/models/text-model.ts';
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

describe('a run that dies', () => {
  /** The ads of a run that nothing happened to. */
  let whole: Awaited<ReturnType<typeof textsOf>> | undefined;
  it.each(['GatherFacts', 'PlanCampaigns', 'WriteCopy', 'FinishCreatives', 'AskApproval'])(
    'goes on after %s and makes the ads that it would have made',
    async (step) => {
      whole ??= await textsOf(await waiting(), 1);
      world.failAt = step;
      const runId = await world.start(onlyGoogle);
      expect(await world.until(runId, 'failed', 'awaiting-approval')).toMatchObject({ status: 'failed' });
      expect((await control(runId, 'resume')).status).toBe(202);
      expect(await world.until(runId, 'awaiting-approval', 'failed')).toMatchObject({ attempt: 2, error: null });
      expect(await textsOf(runId, 1)).toEqual(whole);
    },
  );

  it('launches once when it dies while it launches', async () => {
    const runId = await waiting();
    world.failAt = 'LaunchCampaigns';
    await world.decide(runId, { decision: 'approve' });
    await world.until(runId, 'failed');
    await control(runId, 'resume');
    const done = await world.until(runId, 'succeeded', 'partial', 'failed');
    expect(done).toMatchObject({ status: 'succeeded', changes: [{ status: 'applying' }] });
    const { items } = await world.desk.stores.changes.list({ limit: 50 });
    expect(items.filter(({ reason }) => reason.includes(runId))).toHaveLength(1);
  });

  it('writes nothing twice: a repeated step answers what the first one made', async () => {
    const asked: number[] = [];
    const counting: TextModel = {
      write: (request) => {
        asked.push(request.variants);
        return builtInTextModel.write(request);
      },
    };
    world.model = counting;
    world.failAt = 'FinishCreatives';
    const runId = await world.start(onlyGoogle);
    await world.until(runId, 'failed');
    await control(runId, 'resume');
    await world.until(runId, 'awaiting-approval');
    expect(asked).toHaveLength(1);
  });
});
