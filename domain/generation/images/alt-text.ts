import type { Composition, ImageTexts } from './composition.ts';

/** As screen readers and platforms take it. */
const longest = 250;

/** Says what the picture says: names are in no language, the texts in the ad's own. A product shot is named, the ground is not. */
export function altText({ layers }: Composition, texts: ImageTexts, product: string): string {
  const shown = new Set(layers.flatMap((layer) => (layer.kind === 'text' ? [layer.role] : [])));
  const parts = [
    layers.some(({ kind }) => kind === 'product') ? product : null,
    texts.businessName === product ? null : texts.businessName,
    texts.headline,
    shown.has('offer') ? texts.offer : null,
    shown.has('call-to-action') ? texts.callToAction : null,
    shown.has('legal') ? texts.legal : null,
  ];
  let said = '';
  for (const part of parts) {
    if (!part) continue;
    const next = said === '' ? part : `${said}${/[.!?…]$/.test(said) ? '' : '.'} ${part}`;
    if (next.length > longest) break;
    said = next;
  }
  return said;
}
