import type { BackgroundRequest } from '../image-model.ts';

/** A prompt is never changed, only followed by the next one: what painted a picture is recorded with it. */
export const backgroundPromptVersion = 'background/1';

/** Of the whole prompt; the provider takes 1,024 characters. */
const longest = 1_000;
const moods = { deep: 'dark and calm', vivid: 'saturated and warm', light: 'bright and airy' } as const;

/**
 * Asks for a ground alone. The provider’s prompts have no place for data apart from instructions: what a brief says is cut down to its
 * letters, so that it names a thing and cannot end a sentence of ours.
 */
export function backgroundPrompt({ description, category, palette, quiet, width, height }: BackgroundRequest): {
  readonly text: string;
  readonly negativeText: string;
} {
  const thing = description
    .replaceAll(/[^\p{L}\p{N} ,-]+/gu, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
  const parts = [
    `Abstract advertising background, ${moods[palette.mood]}, soft gradients and large simple shapes, studio light, shallow depth.`,
    `It suits this kind of product: ${category.replaceAll('-', ' ')}.`,
    thing === '' ? '' : `Its mood fits a thing described as "${thing}".`,
    quiet === null ? '' : `Plain empty area at the ${sideOf(quiet, width, height)} of the picture.`,
  ];
  return {
    text: parts
      .filter((part) => part !== '')
      .join(' ')
      .slice(0, longest),
    negativeText:
      'text, letters, words, numbers, logo, trademark, watermark, signature, people, faces, hands, product, packaging, border, frame',
  };
}

function sideOf(quiet: NonNullable<BackgroundRequest['quiet']>, width: number, height: number): string {
  const x = (quiet.x + quiet.width / 2) / width;
  const y = (quiet.y + quiet.height / 2) / height;
  const across = x < 0.42 ? 'left' : x > 0.58 ? 'right' : '';
  const down = y < 0.42 ? 'top' : y > 0.58 ? 'bottom' : '';
  return `${down} ${across}`.trim() || 'centre';
}
