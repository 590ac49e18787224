import { beforeAll, describe, expect, it } from 'vitest';
import { fontsOf } from '../../../../adapters/images/fonts.ts';
import { type Box, contains, overlap, safeArea } from '../../../../domain/generation/images/box.ts';
import type { Composition, ImageTexts, Layer } from '../../../../domain/generation/images/composition.ts';
import { type Fonts, layOut } from '../../../../domain/generation/images/lay-out.ts';
import { type ImageSizeId, imageSize, imageSizeIds } from '../../../../domain/generation/images/sizes.ts';

let fonts: Fonts;
beforeAll(async () => {
  fonts = await fontsOf({ heading: 'montserrat', body: 'open-sans' });
});

/** As long as a headline of a responsive ad, an offer and a button get in each language. */
const long: Readonly<Record<string, ImageTexts>> = {
  en: {
    headline: 'Never get wet feet on a trail again',
    offer: '20% off until 30 November',
    callToAction: 'Shop the collection',
    legal: null,
    businessName: 'Northfell Outdoor',
  },
  de: {
    headline: 'Wasserdichte Wanderschuhe für Regenwetter',
    offer: 'Nur bis 30. November',
    callToAction: 'Jetzt informieren',
    legal: null,
    businessName: 'Bergschuh-Manufaktur',
  },
  fr: {
    headline: 'Des chaussures étanches toute l’année',
    offer: 'À partir de 129,90 €',
    callToAction: 'En savoir plus',
    legal: null,
    businessName: 'Atelier des Sentiers',
  },
  es: {
    headline: 'Zapatillas impermeables para la montaña',
    offer: 'Hasta un 20 % menos',
    callToAction: 'Más información',
    legal: null,
    businessName: 'Senderos del Norte',
  },
};
const legal = 'Angebot gültig bis 30.11.2026, solange der Vorrat reicht. Inkl. MwSt., zzgl. Versand.';
const photo = { width: 800, height: 600, cutOut: false };
const logo = { width: 300, height: 100, cutOut: true };

const layout = (id: ImageSizeId, texts: ImageTexts, more: Partial<Parameters<typeof layOut>[0]> = {}) =>
  layOut({
    size: imageSize(id),
    texts,
    colours: { primary: '#0b5fff' },
    fonts,
    product: null,
    logo: null,
    seed: 1,
    mood: null,
    ...more,
  });

function composed(outcome: ReturnType<typeof layOut>): Composition {
  if (outcome.kind === 'refused') throw new Error(outcome.findings[0]?.message);
  return outcome.composition;
}

const outline = (layer: Layer): Box =>
  (layer.kind === 'text' || layer.kind === 'logo') && layer.plate !== null ? layer.plate.box : layer.box;
const standing = ({ layers }: Composition): readonly Layer[] =>
  layers.filter(({ kind }) => kind === 'text' || kind === 'logo');

function expectSound(composition: Composition, label: string): void {
  const safe = safeArea(composition.size);
  const { legible } = composition.size;
  const outlines = standing(composition).map(outline);
  for (const box of outlines)
    expect(contains(safe, box), `${label}: ${JSON.stringify(box)} leaves the safe area`).toBe(true);
  const products = composition.layers.filter(({ kind }) => kind === 'product').map(outline);
  const all = [...outlines, ...products];
  for (const [at, box] of all.entries())
    for (const other of all.slice(at + 1)) expect(overlap(box, other), `${label}: two layers overlap`).toBe(false);
  for (const layer of composition.layers) {
    if (layer.kind !== 'text') continue;
    expect(layer.fitted.lines.join(' '), `${label}: a text is cut`).toBe(layer.text.replaceAll(/\s+/g, ' '));
    const smallest = layer.role === 'legal' || layer.role === 'business-name' ? legible.legal : legible.text * 0.92;
    expect(layer.fitted.size, `${label}: ${layer.role} is too small to read`).toBeGreaterThanOrEqual(smallest - 0.01);
  }
}

describe('a layout', () => {
  it.each(imageSizeIds)('of %s keeps long texts in four languages whole, apart, legible and in the safe area', (id) => {
    for (const [language, texts] of Object.entries(long)) {
      for (let seed = 1; seed <= 6; seed += 1) {
        const label = `${id} ${language} seed ${seed}`;
        expectSound(composed(layout(id, texts, { seed })), label);
        expectSound(composed(layout(id, texts, { seed, product: photo, logo })), `${label} with photo and logo`);
      }
    }
  });

  it.each(imageSizeIds.filter((id) => imageSize(id).shape !== 'strip'))('of %s has room for a legal line', (id) => {
    for (let seed = 1; seed <= 6; seed += 1)
      for (const texts of Object.values(long))
        expectSound(composed(layout(id, { ...texts, legal }, { seed })), `${id} seed ${seed}`);
  });

  it('keeps words clear of TikTok’s buttons and caption', () => {
    for (const layer of standing(composed(layout('1080x1920', long.de as ImageTexts, { product: photo })))) {
      const { x, y, width, height } = outline(layer);
      expect(x + width).toBeLessThanOrEqual(1080 - 240 + 0.5);
      expect(y + height).toBeLessThanOrEqual(1920 - 480 + 0.5);
    }
  });

  it('is the same for the same seed, and another for others', () => {
    const drawn = (seed: number) => JSON.stringify(composed(layout('1200x628', long.en as ImageTexts, { seed })));
    expect(drawn(7)).toBe(drawn(7));
    expect(new Set([1, 2, 3, 4, 5, 6, 7, 8].map(drawn)).size).toBeGreaterThan(3);
  });

  it('refuses a text that cannot be set large enough, and says how long it is', () => {
    const outcome = layout('320x50', {
      ...(long.de as ImageTexts),
      headline: 'Donaudampfschifffahrtsgesellschaftskapitänsmützen für jedermann',
    });
    expect(outcome).toMatchObject({
      kind: 'refused',
      findings: [{ ruleId: 'image-text-fits', severity: 'block', field: 'headline' }],
    });
    if (outcome.kind === 'refused')
      expect(outcome.findings[0]?.message).toMatch(/do not fit a picture of 320 × 50.*63 characters/);
  });

  it.each([['靴を買う'], ['اشتر الآن'], ['Schuhe 👟'], ['खरीदें']])(
    'refuses %s, which no font here has, instead of drawing boxes',
    (headline) => {
      const outcome = layout('1200x628', { ...(long.en as ImageTexts), headline });
      expect(outcome).toMatchObject({ kind: 'refused', findings: [{ ruleId: 'image-script', field: 'headline' }] });
    },
  );

  it('letters what the brand’s font lacks in one that has it', () => {
    const { layers } = composed(layout('1200x628', { ...(long.en as ImageTexts), headline: 'Παπούτσια για το βουνό' }));
    const headline = layers.find((layer) => layer.kind === 'text' && layer.role === 'headline');
    expect(headline).toMatchObject({ font: { family: 'Noto Sans' } });
  });

  it('says what it had to leave out of a strip', () => {
    const outcome = layout('320x50', long.fr as ImageTexts, { product: photo });
    expect(outcome).toMatchObject({ kind: 'laid-out' });
    expect(outcome.findings.map(({ ruleId }) => ruleId)).toContain('image-product-left-out');
  });
});
