import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentTypeOf } from '../../../adapters/media-type.ts';
import { changeDetail } from '../../../contracts/schemas/change-requests.ts';
import { generationSteps } from '../../../contracts/schemas/generation-runs.ts';
import { generatedAssetKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { type GenerationWorld, openGenerationWorld } from './generation-world.ts';

let world: GenerationWorld;
beforeAll(async () => {
  world = await openGenerationWorld();
}, 30_000);
afterAll(() => world.close());

const pictured = ['tiktok-ads', 'linkedin-ads'];

describe('a run from a brief to campaigns', () => {
  it('plans, writes, draws, checks, waits, and launches what somebody approved', {
    timeout: 20_000,
  }, async () => {
    const { desk } = world;
    const runId = await world.start({ variants: 1, languages: ['en'], images: true, platforms: pictured });
    const waiting = await world.until(runId, 'awaiting-approval', 'failed');
    expect(waiting.error).toBe(null);
    expect(waiting.steps.map(({ name, status }) => [name, status])).toEqual(
      generationSteps.map((name) => [name, name === 'approval' ? 'running' : name === 'launch' ? 'waiting' : 'done']),
    );
    expect(waiting.expiresAt).toBe(new Date(desk.now + world.approvalSeconds * 1_000).toISOString());
    expect(waiting.plan).toMatchObject({
      split: 'even',
      leftOut: [{ reason: 'The run was not asked for Google Ads.' }],
    });
    const shares = waiting.plan?.campaigns.map(({ share }) => share) ?? [];
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
    expect(waiting.plan?.campaigns.map(({ dailyBudget }) => dailyBudget)).toEqual(
      Array(2).fill({ micros: 150_000_000, currency: 'EUR' }),
    );

    const creatives = await world.creatives(runId);
    expect(creatives.map(({ platform, format, verdict, status }) => [platform, format, verdict, status])).toEqual([
      ['linkedin-ads', 'single-image', 'pass', 'draft'],
      ['tiktok-ads', 'in-feed-image', 'pass', 'draft'],
    ]);
    for (const { texts, facts } of creatives) {
      const known = new Set(facts.map(({ id }) => id));
      for (const { length, limit, factIds } of texts) {
        expect(length).toBeLessThanOrEqual(limit);
        expect(factIds.every((id) => known.has(id))).toBe(true);
      }
    }
    const shown = creatives.flatMap(({ images }) => images);
    expect(shown.map(({ size }) => `${size.width}x${size.height}`)).toEqual(['1200x628', '1080x1920']);
    for (const { assetId, altText } of shown) {
      const bytes = await desk.world.lake.get(generatedAssetKey(desk.stores.workspaceId, assetId));
      expect(bytes && contentTypeOf(bytes)).toMatch(/^image\/(png|jpeg)$/);
      expect(altText).not.toBe('');
    }

    expect((await world.decide(runId, { decision: 'approve', comment: 'Go' })).status).toBe(202);
    const done = await world.until(runId, 'succeeded', 'partial', 'failed');
    expect(done).toMatchObject({ status: 'succeeded', decisions: [{ decision: 'approve', comment: 'Go', round: 1 }] });
    expect(done.changes.map(({ platform, status, note }) => [platform, status, note]).sort()).toEqual([
      ['linkedin-ads', 'applying', null],
      ['tiktok-ads', 'applying', null],
    ]);
    for (const { changeId, platform } of done.changes) {
      const change = changeDetail.parse(
        (await desk.call('GET', '/v1/changes/{changeId}', { id: changeId ?? '' })).body,
      );
      await desk.work(change);
      const { status, operations } = await desk.get(change);
      expect(status, `${platform}: ${JSON.stringify(operations.map(({ error }) => error))}`).toBe('applied');
    }
    expect((await world.creatives(runId)).map(({ status }) => status)).toEqual(Array(2).fill('launched'));
  });
});
