import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtInTextModel } from '../../../adapters/models/built-in-text-model.ts';
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
const _textsOf = async (runId: string, round: number) =>
  (await world.creatives(runId)).filter((one) => one.round === round).map(({ texts }) => texts.map(({ text }) => text));

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
