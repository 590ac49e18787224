import { type Box, safeArea } from './box.ts';
import type { Layer, TextRole } from './composition.ts';
import { fitText } from './fit-text.ts';
import type { Placing } from './lay-out.ts';
import { productIn } from './product-in.ts';
import { logoItem, textItem } from './stack-column.ts';

/** What a strip may do without, from the fullest to the barest. Offer and legal line are never left out. */
const fillings = [
  { product: true, name: true },
  { product: false, name: true },
  { product: false, name: false },
] as const;

/** Sets a strip: product, name, headline over the legal line, offer, button; undefined when the words need more room. */
export function layRow(placing: Placing): { layers: readonly Layer[]; column: Box } | undefined {
  for (const filling of fillings) {
    if (filling.product && placing.product === null) continue;
    const layers = row(placing, filling);
    if (layers !== undefined) return { layers, column: safeArea(placing.size) };
  }
  return undefined;
}

function row(
  { size, texts, palette, logo, product }: Placing,
  filling: (typeof fillings)[number],
): readonly Layer[] | undefined {
  const area = safeArea(size);
  const { text: smallest, legal: fine } = size.legible;
  const gap = Math.max(6, area.height * 0.18);
  const layers: Layer[] = [];
  let left = area.x;
  let right = area.x + area.width;
  /** In the middle of the strip’s height. */
  const atHeight = (height: number): number => area.y + (area.height - height) / 2;

  if (filling.product && product !== null) {
    const room = { x: left, y: area.y, width: Math.min(area.height * 1.5, area.width * 0.2), height: area.height };
    layers.push(productIn(room, product));
    left += room.width + gap;
  }
  if (filling.name) {
    const widest = area.width * 0.17;
    const name = texts.get('business-name');
    const item =
      logo !== null
        ? logoItem(logo, widest, area.height * 0.8)
        : name &&
          textItem('business-name', name, {
            from: fine * 1.2,
            to: Math.max(fine * 1.2, area.height * 0.24),
            maxLines: 2,
            width: widest,
            height: area.height,
            lineHeight: 1.2,
            fill: palette.quietInk,
            plate: null,
          });
    if (item === undefined) return undefined;
    const layer = item.place(left, atHeight(item.height), widest, 'start');
    layers.push(layer);
    left += (layer.kind === 'logo' ? layer.plate.box.width : layer.box.width) + gap;
  }
  for (const [role, share, colours] of [
    ['call-to-action', 0.26, palette.button],
    ['offer', 0.27, palette.badge],
  ] as const satisfies readonly (readonly [TextRole, number, { fill: string; ink: string }])[]) {
    const given = texts.get(role);
    if (given === undefined) continue;
    const width = area.width * share;
    const item = textItem(role, given, {
      from: smallest,
      to: Math.max(smallest, area.height * 0.24),
      maxLines: 3,
      width,
      height: area.height,
      lineHeight: 1.15,
      fill: colours.ink,
      plate: { fill: colours.fill, radius: role === 'offer' ? 0.2 : 0.5 },
    });
    if (item === undefined) return undefined;
    const probe = item.place(0, 0, width, 'start');
    const own = probe.kind === 'text' && probe.plate !== null ? probe.plate.box.width : width;
    layers.push(item.place(right - own, atHeight(item.height), own, 'start'));
    right -= own + gap;
  }

  const headline = texts.get('headline');
  const legal = texts.get('legal');
  const width = right - left;
  if (headline === undefined || width <= 0) return undefined;
  const small =
    legal &&
    textItem('legal', legal, {
      from: fine,
      to: fine,
      maxLines: 3,
      width,
      height: area.height,
      lineHeight: 1.15,
      fill: palette.quietInk,
      plate: null,
    });
  if (legal !== undefined && small === undefined) return undefined;
  const between = small === undefined ? 0 : area.height * 0.05;
  const lineHeight = 1.1;
  const fitted = fitText(headline.text, headline.font, {
    width,
    height: area.height - (small?.height ?? 0) - between,
    maxLines: 3,
    lineHeight,
    largest: Math.max(smallest, area.height * 0.42),
    smallest,
  });
  if (fitted === undefined) return undefined;
  const height = fitted.height + between + (small?.height ?? 0);
  const top = atHeight(height);
  layers.push({
    kind: 'text',
    role: 'headline',
    ...headline,
    fitted,
    lineHeight,
    align: 'start',
    fill: palette.ink,
    plate: null,
    box: { x: left, y: top, width: fitted.width, height: fitted.height },
  });
  if (small !== undefined) layers.push(small.place(left, top + fitted.height + between, width, 'start'));
  return layers;
}
