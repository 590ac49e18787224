import { expect, it } from 'vitest';
import type { BedrockTextOptions } from '../../../adapters/models/bedrock-text-model.ts';
import { builtInTextModel } from '../../../adapters/models/built-in-text-model.ts';
import { textModelFor } from '../../../adapters/models/text-model-for.ts';
import type { SettingValues } from '../../../contracts/settings.ts';
import { resolveSettings } from '../../../domain/integrations/resolved-settings.ts';

const prices = { input: 3_000_000, output: 15_000_000, cacheRead: 300_000, cacheWrite: 3_750_000 };

async function chosen(stage: Partial<SettingValues>) {
  const asked: BedrockTextOptions[] = [];
  const model = await textModelFor(resolveSettings({ stage }), (options) => {
    asked.push(options);
    return builtInTextModel;
  });
  return { model, asked };
}

it('the built-in writer writes where no model is set', async () => {
  const { model, asked } = await chosen({});
  expect(model).toBe(builtInTextModel);
  expect(asked).toEqual([]);
});

it('a model is asked as it is set', async () => {
  const { asked } = await chosen({ 'copy.model': 'eu.example.writer-v1:0', 'copy.prices': prices, 'copy.attempts': 2 });
  expect(asked).toMatchObject([{ model: 'eu.example.writer-v1:0', prices, attempts: 2, timeoutMs: 45_000 }]);
});

it('a model without its prices is refused with what to do', async () => {
  await expect(chosen({ 'copy.model': 'eu.example.writer-v1:0' })).rejects.toThrow(/copy\.prices is not set/);
});
