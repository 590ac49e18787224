import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type GenerationWorld, openGenerationWorld } from './generation-world.ts';

let world: GenerationWorld;
let good: GenerationWorld['inputs'];
beforeAll(async () => {
  world = await openGenerationWorld();
  good = world.inputs;
}, 30_000);
afterAll(() => world.close());
beforeEach(() => {
  Object.assign(world, { inputs: good });
});

type Segments = GenerationWorld['inputs']['brief']['audience']['segments'];
const run = async (segments: Segments) => {
  const { brief } = good;
  Object.assign(world, { inputs: { ...good, brief: { ...brief, audience: { description: '', segments } } } });
  const runId = await world.start({ variants: 2, languages: ['en'], platforms: ['google-ads'] });
  return { runId, detail: await world.until(runId, 'awaiting-approval', 'failed') };
};

describe('the segments of a brief', () => {
  it('have ads of their own, which say nothing that is for others', async () => {
    const { runId, detail } = await run([
      { name: 'Hikers', description: 'On paths at weekends', says: ['benefits.0'] },
      { name: 'Commuters', description: 'To work in all weathers', says: ['benefits.1'], offered: false },
    ]);
    expect(detail.error).toBe(null);
    const ads = await world.creatives(runId);
    expect(new Set(ads.map(({ segment }) => segment))).toEqual(new Set(['Hikers', 'Commuters']));
    for (const { segment, texts } of ads) {
      const said = texts.flatMap(({ factIds }) => factIds);
      expect(said).not.toContain(segment === 'Hikers' ? 'brief:benefits.1' : 'brief:benefits.0');
      if (segment === 'Commuters') expect(said.filter((id) => id.startsWith('brief:offer'))).toEqual([]);
    }
  });

  it('end the run where nobody may be sorted into one, with the place and the reason', async () => {
    const { detail } = await run([{ name: 'Diabetics', description: 'People with diabetes' }]);
    expect(JSON.stringify(detail.error)).toMatch(/audience\.segments\.0\.name.*people’s health/);
  });
});
