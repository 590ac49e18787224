import { type Box, safeArea } from './box.ts';
import type { Layer, TextRole } from './composition.ts';
import { fitText } from './fit-text.ts';
import type { Placing } from './lay-out.ts';
import { productIn } from './product-in.ts';
import { logoItem, textItem } from './stack-column.ts';

/**
 * What a strip may do without, from the fullest to the barest. The whole strip is what people tap, so the button goes last; offer and
 * legal line are never left out.
 */
const fillings = [
  { product: true, name: true, button: true },
  { product: false, name: true, button: true },
  { product: false, name: false, button: true },
  { product: false, name: false, button: false },
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
  const gap = Math.max(6, Math.min(area.height * 0.18, area.width * 0.02));
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
  const plates = [
    ['offer', palette.badge, 0.2],
    ['call-to-action', palette.button, 0.5],
  ] as const satisfies readonly (readonly [TextRole, { fill: string; ink: string }, number])[];
  // A strip that is not so flat has room for them one over the other.
  const over = area.width < 5 * area.height && texts.has('offer') && filling.button;
  const widest = area.width * (over ? 0.4 : !filling.button ? 0.46 : texts.has('offer') ? 0.27 : 0.36);
  const items = plates.flatMap(([role, colours, radius]) => {
    const given = texts.get(role);
    if (given === undefined || (role === 'call-to-action' && !filling.button)) return [];
    const to = Math.max(smallest, area.height * (over ? 0.17 : 0.24));
    const height = over ? (area.height - gap) / 2 : area.height;
    const plate = { fill: colours.fill, radius };
    return [
      textItem(role, given, {
        from: smallest,
        to,
        maxLines: 2,
        width: widest,
        height,
        lineHeight: 1.15,
        fill: colours.ink,
        plate,
      }),
    ];
  });
  const placed = items.map((item) => {
    const layer = item?.place(0, 0, widest, 'start');
    return item && layer?.kind === 'text' && layer.plate !== null ? { item, width: layer.plate.box.width } : undefined;
  });
  const across = Math.max(0, ...placed.map((one) => one?.width ?? 0));
  let top = atHeight(placed.reduce((sum, one) => sum + (one?.item.height ?? 0), 0) + (placed.length - 1) * gap * 0.8);
  for (const one of over ? placed : placed.toReversed()) {
    if (one === undefined) return undefined;
    if (over) {
      layers.push(one.item.place(right - across, top, across, 'middle'));
      top += one.item.height + gap * 0.8;
    } else {
      layers.push(one.item.place(right - one.width, atHeight(one.item.height), one.width, 'start'));
      right -= one.width + gap;
    }
  }
  if (over) right -= across + gap;

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
  const above = atHeight(height);
  layers.push({
    kind: 'text',
    role: 'headline',
    ...headline,
    fitted,
    lineHeight,
    align: 'start',
    fill: palette.ink,
    plate: null,
    box: { x: left, y: above, width: fitted.width, height: fitted.height },
  });
  if (small !== undefined) layers.push(small.place(left, above + fitted.height + between, width, 'start'));
  return layers;
}
