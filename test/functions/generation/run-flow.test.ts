import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type GenerationWorld, openGenerationWorld } from './generation-world.ts';

let world: GenerationWorld;
beforeAll(async () => {
  world = await openGenerationWorld();
}, 30_000);
afterAll(() => world.close());

describe('a run from a brief to campaigns', () => {
  it('goes through every step, waits, and asks for changes once somebody approves', async () => {
    const runId = await world.start({ variants: 3, languages: ['en'], images: true });
    const waiting = await world.until(runId, 'awaiting-approval', 'failed');
    expect(waiting.error).toBe(null);
    console.warn(JSON.stringify(waiting.steps, null, 1).slice(0, 6000));
    const made = await world.creatives(runId);
    console.warn(
      made.length,
      made.map((m) => [m.campaignKey, m.angle, m.images.length, m.verdict]),
      waiting.plan?.leftOut,
    );
    await world.decide(runId, { decision: 'approve' });
    const done = await world.until(runId, 'succeeded', 'partial', 'failed');
    console.warn(JSON.stringify(done.changes, null, 1), done.status, done.error);
    expect(done.status).toBe('succeeded');
  });
});
