import type { Box } from './box.ts';
import type { Layer, Plate, TextLayer, TextRole } from './composition.ts';
import { type FittedText, fitText } from './fit-text.ts';
import type { Font } from './font.ts';
import type { Placing } from './lay-out.ts';
import type { Shape } from './sizes.ts';
import type { Template } from './templates.ts';

/** How large a headline may be, as a part of the picture’s height or width, whichever is the less. */
const headlineShare: Readonly<Record<Exclude<Shape, 'strip'>, { readonly share: number; readonly lines: number }>> = {
  wide: { share: 0.15, lines: 4 },
  square: { share: 0.112, lines: 5 },
  portrait: { share: 0.118, lines: 5 },
  tall: { share: 0.115, lines: 6 },
  skyscraper: { share: 0.19, lines: 9 },
};
const headlineHeight = 1.08;
const bodyHeight = 1.28;

interface Item {
  readonly role: TextRole | 'logo';
  readonly height: number;
  place(x: number, y: number, width: number, align: Template['align']): Layer;
}

/** Sets name, offer, headline, button and legal line one below the other; undefined when they need more room. */
export function stackColumn(placing: Placing, column: Box, template: Template): readonly Layer[] | undefined {
  const { size, texts, palette, logo } = placing;
  if (size.shape === 'strip') return undefined;
  const side = Math.min(size.width, size.height);
  const { share, lines } = headlineShare[size.shape];
  const { text: smallest, legal: fine } = size.legible;
  // Beside a product shot the headline gets what buttons and gaps can spare.
  const shared = template.product !== null && size.shape !== 'wide' && size.shape !== 'skyscraper';
  const gap = Math.max(side * (shared ? 0.024 : 0.034), smallest * 0.5);
  const label = Math.max(smallest, side * (shared ? 0.035 : 0.046));
  /** A button stands a little apart from what it asks to be done for, and so does a name. */
  const gapAfter = (item: Item, next: Item | undefined): number =>
    next === undefined
      ? 0
      : gap * (next.role === 'call-to-action' || item.role === 'business-name' || item.role === 'logo' ? 1.5 : 1);
  const items = new Map<Item['role'], Item>();
  const add = (item: Item | undefined): boolean => item !== undefined && items.set(item.role, item).size > 0;

  if (logo !== null)
    add(logoItem(logo, Math.min(column.width * 0.5, side * 0.34), Math.max(smallest * 1.4, side * 0.09)));
  const line = (
    role: TextRole,
    from: number,
    to: number,
    maxLines: number,
    plate: { fill: string; ink: string; radius: number } | null,
  ): Item | undefined => {
    const given = texts.get(role);
    if (given === undefined) return undefined;
    const fill = plate?.ink ?? (role === 'legal' || role === 'business-name' ? palette.quietInk : palette.ink);
    return textItem(role, given, { from, to, maxLines, width: column.width, lineHeight: bodyHeight, fill, plate });
  };
  const wanted: readonly (readonly [TextRole, () => Item | undefined])[] = [
    ['business-name', () => line('business-name', fine, Math.max(fine, side * 0.042), 2, null)],
    ['offer', () => line('offer', smallest * 0.92, label, 3, { ...palette.badge, radius: 0.28 })],
    ['call-to-action', () => line('call-to-action', smallest, label, 2, { ...palette.button, radius: 0.5 })],
    ['legal', () => line('legal', fine, fine * 1.15, 6, null)],
  ];
  for (const [role, make] of wanted) if (texts.has(role) && !add(make())) return undefined;

  const headline = texts.get('headline');
  if (headline === undefined) return undefined;
  const others = [...items.values()].reduce((sum, { height }) => sum + height + gap * 1.25, 0);
  const fitted = fitText(headline.text, headline.font, {
    width: column.width,
    height: column.height - others,
    maxLines: lines,
    lineHeight: headlineHeight,
    largest: Math.max(smallest, side * share * (size.width > 3 * size.height ? 1.3 : 1)),
    smallest,
  });
  if (fitted === undefined) return undefined;
  add({
    role: 'headline',
    height: fitted.height,
    place: (x, y, width, align) =>
      textLayer('headline', headline, fitted, { x, y, width }, align, palette.ink, headlineHeight, null),
  });

  const message: readonly Item['role'][] = template.offer === 'above' ? ['offer', 'headline'] : ['headline', 'offer'];
  const groups: readonly (readonly Item['role'][])[] =
    template.anchor === 'spread'
      ? [['logo', 'business-name'], message, ['call-to-action', 'legal']]
      : [['logo', 'business-name', ...message, 'call-to-action', 'legal']];
  const stacks = groups.map((roles) => roles.flatMap((role) => items.get(role) ?? []));
  const heights = stacks.map((stack) =>
    stack.reduce((sum, item, at) => sum + item.height + gapAfter(item, stack[at + 1]), 0),
  );
  const free = column.height - heights.reduce((sum, height) => sum + height, 0);
  if (free < -0.5) return undefined;
  const layers: Layer[] = [];
  let used = 0;
  stacks.forEach((stack, at) => {
    // One group stands in the middle; of three, the first is at the top and the last at the bottom.
    let y = column.y + used + (stacks.length === 1 ? free / 2 : (free * at) / (stacks.length - 1));
    used += heights[at] ?? 0;
    for (const [place, item] of stack.entries()) {
      layers.push(item.place(column.x, y, column.width, template.align));
      y += item.height + gapAfter(item, stack[place + 1]);
    }
  });
  return layers;
}

interface Lettering {
  readonly from: number;
  readonly to: number;
  readonly maxLines: number;
  readonly width: number;
  /** Of the room; without end where a column grows. */
  readonly height?: number;
  readonly lineHeight: number;
  readonly fill: string;
  /** `radius` as a part of the plate’s height. */
  readonly plate: { readonly fill: string; readonly radius: number } | null;
}
const padding = { across: 0.85, along: 0.42 };

/** A text with its plate, if it has one; sized as one. Undefined when it does not fit. */
export function textItem(
  role: TextRole,
  given: { readonly text: string; readonly font: Font },
  lettering: Lettering,
): Item | undefined {
  const { plate, lineHeight, from, to, maxLines, width, height = Number.POSITIVE_INFINITY } = lettering;
  for (
    let largest = to;
    largest >= from * 0.999;
    largest = largest > from && largest * 0.94 < from ? from : largest * 0.94
  ) {
    const pad = plate === null ? { x: 0, y: 0 } : { x: largest * padding.across, y: largest * padding.along };
    const room = {
      width: width - 2 * pad.x,
      height: height - 2 * pad.y,
      maxLines,
      lineHeight,
      largest,
      smallest: largest,
    };
    const fitted = fitText(given.text, given.font, room);
    if (fitted === undefined) continue;
    // A button in one line is worth a little size.
    if (plate !== null && fitted.lines.length > 1 && largest > from * 1.01 && largest > to * 0.8) continue;
    return {
      role,
      height: fitted.height + 2 * pad.y,
      place(x, y, across, align) {
        const own = fitted.width + 2 * pad.x;
        const left = align === 'middle' ? x + (across - own) / 2 : x;
        const whole = { x: left, y, width: own, height: fitted.height + 2 * pad.y };
        const drawn: Plate | null =
          plate === null
            ? null
            : { box: whole, fill: plate.fill, radius: Math.min(whole.height, fitted.size * 2.2) * plate.radius };
        return textLayer(
          role,
          given,
          fitted,
          { x: plate === null ? x : left + pad.x, y: y + pad.y, width: plate === null ? across : fitted.width },
          plate === null ? align : 'middle',
          lettering.fill,
          lineHeight,
          drawn,
        );
      },
    };
  }
  return undefined;
}

function textLayer(
  role: TextRole,
  { text, font }: { readonly text: string; readonly font: Font },
  fitted: FittedText,
  { x, y, width }: { readonly x: number; readonly y: number; readonly width: number },
  align: Template['align'],
  fill: string,
  lineHeight: number,
  plate: Plate | null,
): TextLayer {
  const left = align === 'middle' ? x + (width - fitted.width) / 2 : x;
  return {
    kind: 'text',
    role,
    text,
    font,
    fitted,
    align,
    fill,
    plate,
    lineHeight,
    box: { x: left, y, width: fitted.width, height: fitted.height },
  };
}

/** A logo on a white field: what it is drawn in is the brand’s, not ours. */
export function logoItem(
  logo: { readonly width: number; readonly height: number },
  maxWidth: number,
  maxHeight: number,
): Item {
  const pad = maxHeight * 0.14;
  const scale = Math.min((maxWidth - 2 * pad) / logo.width, (maxHeight - 2 * pad) / logo.height);
  const inner = { width: logo.width * scale, height: logo.height * scale };
  const outer = { width: inner.width + 2 * pad, height: inner.height + 2 * pad };
  return {
    role: 'logo',
    height: outer.height,
    place(x, y, width, align) {
      const left = align === 'middle' ? x + (width - outer.width) / 2 : x;
      return {
        kind: 'logo',
        box: { x: left + pad, y: y + pad, ...inner },
        plate: { box: { x: left, y, ...outer }, radius: pad, fill: '#ffffff' },
      };
    },
  };
}
