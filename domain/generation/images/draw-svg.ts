import type { Box } from './box.ts';
import type { Composition, Layer, Plate, TextLayer } from './composition.ts';

/** Pictures that a composition refers to, as data URLs. */
export interface Embedded {
  readonly background: string;
  /** The background has the very pixels of the picture: they are taken over as they are. */
  readonly exact: boolean;
  readonly product: string | null;
  readonly logo: string | null;
}

/**
 * A composition as SVG: text is text, in families that a designer's program finds by name; pictures are inside. The picture that is
 * shown is drawn from this very text, so that both say the same. Without letters it is what lies behind them.
 */
export function drawSvg(
  { size: { width, height }, layers }: Composition,
  pictures: Embedded,
  { letters = true }: { readonly letters?: boolean } = {},
): string {
  const drawn = layers.map((layer, at) => draw(layer, `l${at}`, pictures, letters));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">`,
    ...drawn,
    '</svg>',
  ].join('\n');
}

function draw(layer: Layer, id: string, pictures: Embedded, letters: boolean): string {
  switch (layer.kind) {
    case 'background':
      return `<image id="background" ${at(layer.box)} preserveAspectRatio="xMidYMid slice"${pictures.exact ? ' image-rendering="optimizeSpeed"' : ''} href="${pictures.background}"/>`;
    case 'scrim':
      return scrim(layer, id);
    case 'product':
      return product(layer, id, pictures.product);
    case 'logo':
      return pictures.logo === null
        ? ''
        : `${plate(layer.plate)}<image id="logo" ${at(layer.box)} preserveAspectRatio="xMidYMid meet" href="${pictures.logo}"/>`;
    case 'text':
      return `${layer.plate === null ? '' : plate(layer.plate)}${letters ? lettering(layer) : ''}`;
  }
}

const ends = {
  right: 'x1="0" y1="0" x2="1" y2="0"',
  left: 'x1="1" y1="0" x2="0" y2="0"',
  down: 'x1="0" y1="0" x2="0" y2="1"',
  up: 'x1="0" y1="1" x2="0" y2="0"',
} as const;

function scrim({ box, fill, opacity, fades }: Extract<Layer, { readonly kind: 'scrim' }>, id: string): string {
  if (fades === 'nowhere') return `<rect ${at(box)} fill="${fill}" fill-opacity="${round(opacity)}"/>`;
  const stops = [
    [0, opacity],
    [0.82, opacity],
    [1, 0],
  ]
    .map(([offset = 0, value = 0]) => `<stop offset="${offset}" stop-color="${fill}" stop-opacity="${round(value)}"/>`)
    .join('');
  return `<defs><linearGradient id="${id}" ${ends[fades]}>${stops}</linearGradient></defs><rect ${at(box)} fill="url(#${id})"/>`;
}

/** Shadows are stacked outlines: a blur filter takes the renderer a second a picture. */
function product(
  { box, cutOut, radius }: Extract<Layer, { readonly kind: 'product' }>,
  id: string,
  href: string | null,
): string {
  if (href === null) return '';
  const image = `<image id="product" ${at(box)} preserveAspectRatio="xMidYMid meet" href="${href}"`;
  if (cutOut) {
    const rx = box.width * 0.42;
    const ry = Math.min(box.height * 0.07, rx * 0.16);
    return [
      `<defs><radialGradient id="${id}"><stop offset="0" stop-color="#000" stop-opacity="0.5"/><stop offset="0.55" stop-color="#000" stop-opacity="0.2"/><stop offset="1" stop-color="#000" stop-opacity="0"/></radialGradient></defs>`,
      `<ellipse cx="${round(box.x + box.width / 2)}" cy="${round(box.y + box.height - ry * 0.1)}" rx="${round(rx)}" ry="${round(ry)}" fill="url(#${id})"/>`,
      `${image}/>`,
    ].join('');
  }
  const spread = Math.min(box.width, box.height) * 0.06;
  const shadow = Array.from({ length: 10 }, (_, ring) => {
    const out = spread * (1 - ring / 10);
    return `<rect x="${round(box.x - out)}" y="${round(box.y - out + spread * 0.45)}" width="${round(box.width + 2 * out)}" height="${round(box.height + 2 * out)}" rx="${round(radius + out)}" fill="#000" fill-opacity="0.028"/>`;
  }).join('');
  return `<defs><clipPath id="${id}"><rect ${at(box)} rx="${round(radius)}"/></clipPath></defs>${shadow}${image} clip-path="url(#${id})"/>`;
}

const plate = ({ box, radius, fill }: Plate): string => `<rect ${at(box)} rx="${round(radius)}" fill="${fill}"/>`;

function lettering({ role, box, fitted, font, align, fill, lineHeight }: TextLayer): string {
  const { size, lines } = fitted;
  const x = align === 'middle' ? box.x + box.width / 2 : box.x;
  // Capitals stand in the middle of their line: so a word looks centred on a button, whatever the font's own ascent is.
  const first = box.y + (lineHeight * size + font.capHeight * size) / 2;
  const spans = lines
    .map((line, at) => `<tspan x="${round(x)}" y="${round(first + at * lineHeight * size)}">${escaped(line)}</tspan>`)
    .join('');
  return `<text id="${role}" font-family="${escaped(font.family)}" font-weight="${font.weight}" font-size="${round(size)}" fill="${fill}" text-anchor="${align}">${spans}</text>`;
}

const at = ({ x, y, width, height }: Box): string =>
  `x="${round(x)}" y="${round(y)}" width="${round(width)}" height="${round(height)}"`;
/** Hundredths of a pixel, so that a picture does not depend on the last bit of a number. */
const round = (value: number): number => Math.round(value * 100) / 100;
const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escaped = (text: string): string => text.replaceAll(/[&<>"']/g, (character) => entities[character] ?? character);
