import { expect, it } from 'vitest';
import type { BedrockImageOptions } from '../../../adapters/images/bedrock-image-model.ts';
import { builtInImageModel } from '../../../adapters/images/built-in-image-model.ts';
import { imageModelFor } from '../../../adapters/images/image-model-for.ts';
import type { SettingValues } from '../../../contracts/settings.ts';
import { resolveSettings } from '../../../domain/integrations/resolved-settings.ts';

async function chosen(stage: Partial<SettingValues>) {
  const asked: BedrockImageOptions[] = [];
  const model = await imageModelFor(resolveSettings({ stage }), (options) => {
    asked.push(options);
    return builtInImageModel;
  });
  return { model, asked };
}

it('the built-in one paints where no model is set', async () => {
  const { model, asked } = await chosen({});
  expect(model).toBe(builtInImageModel);
  expect(asked).toEqual([]);
});

it('a model is asked as it is set', async () => {
  const { asked } = await chosen({ 'images.model': 'amazon.nova-canvas-v1:0', 'images.priceMicros': 40_000 });
  expect(asked).toMatchObject([
    { model: 'amazon.nova-canvas-v1:0', priceMicros: 40_000, attempts: 2, timeoutMs: 60_000 },
  ]);
});

it('a model without its price is refused with what to do', async () => {
  await expect(chosen({ 'images.model': 'amazon.nova-canvas-v1:0' })).rejects.toThrow(/images\.priceMicros is not set/);
});
