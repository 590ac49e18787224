import type { ProductCategory } from '../../../contracts/schemas/product-categories.ts';
import type { Box } from './box.ts';
import { type Rgb, rgbOf } from './colour.ts';
import type { Pixels } from './measure-contrast.ts';
import { type Motif, motifsOf } from './motifs.ts';
import type { Palette } from './palette.ts';
import { pick, seeded } from './seeded.ts';

export interface GroundRequest {
  readonly width: number;
  readonly height: number;
  readonly palette: Palette;
  readonly category: ProductCategory;
  /** Where words will stand: less happens there. */
  readonly quiet: Box | null;
  readonly seed: number;
}

/** Every so many pixels the light is reckoned, and drawn straight between. */
const cell = 8;

/** Paints a ground: light from several sides, one motif, and a grain that keeps screens from showing bands. */
export function paintGround(request: GroundRequest): Pixels {
  const { width, height, palette, category, seed } = request;
  const random = seeded(seed);
  const light = lightOf(request, random);
  const motif = motifOf(pick(motifsOf[category], random), request, random);
  const data = new Uint8ClampedArray(4 * width * height);
  const columns = Math.ceil(width / cell) + 1;
  const [near, far] = palette.shapes.map(rgbOf) as [Rgb, Rgb];
  const grain = seeded(seed ^ 0x5bd1e995);
  // One row of random numbers, read from a new place in every row: cheaper than one a pixel, and no eye sees it.
  const noise = Float32Array.from({ length: 8191 }, () => grain() + grain() - 1);
  const across = new Float32Array(3 * columns);
  for (let y = 0; y < height; y += 1) {
    const row = 3 * columns * Math.floor(y / cell);
    const down = (y % cell) / cell;
    for (let at = 0; at < across.length; at += 1)
      across[at] = (light[row + at] ?? 0) * (1 - down) + (light[row + across.length + at] ?? 0) * down;
    let shift = Math.floor(grain() * noise.length);
    for (let x = 0; x < width; x += 1) {
      const base = 3 * Math.floor(x / cell);
      const along = (x % cell) / cell;
      const covered = motif(x, y);
      const share = Math.abs(covered);
      const over = covered < 0 ? far : near;
      const speck = noise[shift] ?? 0;
      shift = shift + 1 === noise.length ? 0 : shift + 1;
      const at = 4 * (y * width + x);
      for (let channel = 0; channel < 3; channel += 1) {
        const left = across[base + channel] ?? 0;
        const ground = left + ((across[base + 3 + channel] ?? 0) - left) * along;
        data[at + channel] = ground + ((over[channel] ?? 0) - ground) * share + speck;
      }
      data[at + 3] = 255;
    }
  }
  return { width, height, data };
}

const smooth = (from: number, to: number, value: number): number => {
  const part = Math.min(1, Math.max(0, (value - from) / (to - from)));
  return part * part * (3 - 2 * part);
};

/** How quiet it has to be, 0–1, fading over a tenth of the picture. */
const quietness = ({ quiet, width, height }: GroundRequest): ((x: number, y: number) => number) => {
  if (quiet === null) return () => 0;
  const soft = 0.5 * Math.min(width, height);
  return (x, y) => {
    const outX = Math.max(quiet.x - x, x - quiet.x - quiet.width) / soft;
    const outY = Math.max(quiet.y - y, y - quiet.y - quiet.height) / soft;
    // Begins inside, so that no corner of the box is seen.
    return (1 - smooth(-0.5, 0.7, outX)) * (1 - smooth(-0.5, 0.7, outY));
  };
};

/** A mesh of a few lights on a slanted gradient, three numbers a cell. */
function lightOf(request: GroundRequest, random: () => number): Float32Array {
  const { width, height, palette } = request;
  const columns = Math.ceil(width / cell) + 1;
  const rows = Math.ceil(height / cell) + 2;
  const [ground, shade, neighbour] = palette.ground.map(rgbOf) as [Rgb, Rgb, Rgb];
  const glow = rgbOf(palette.glow);
  const angle = random() * 2 * Math.PI;
  const [dx, dy] = [Math.cos(angle), Math.sin(angle)];
  const diagonal = Math.hypot(width, height);
  const hush = quietness(request);
  const lights = [glow, neighbour, shade, glow, neighbour].map((colour, at) => ({
    colour,
    x: width * (random() * 1.2 - 0.1),
    y: height * (random() * 1.2 - 0.1),
    reach: diagonal * (0.2 + 0.22 * random()),
    strength: colour === glow ? (at === 0 ? 0.62 : 0.4) : 0.8,
  }));
  const grid = new Float32Array(3 * columns * (rows + 1));
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const x = column * cell;
      const y = row * cell;
      const slope = smooth(-0.6, 0.6, ((x - width / 2) * dx + (y - height / 2) * dy) / diagonal);
      const colour = [0, 1, 2].map(
        (channel) => (ground[channel] ?? 0) * (1 - 0.7 * slope) + (shade[channel] ?? 0) * 0.7 * slope,
      );
      const quiet = hush(x, y);
      for (const light of lights) {
        const distance = Math.hypot(x - light.x, y - light.y) / light.reach;
        const share = light.strength * Math.exp(-distance * distance) * (light.colour === glow ? 1 - 0.6 * quiet : 1);
        for (let channel = 0; channel < 3; channel += 1)
          colour[channel] = (colour[channel] ?? 0) * (1 - share) + (light.colour[channel] ?? 0) * share;
      }
      grid.set(colour, 3 * (row * columns + column));
    }
  }
  return grid;
}

/** How much of a shape covers a pixel: up to 1 of the first colour, down to -1 of the second. */
type Covering = (x: number, y: number) => number;

function motifOf(motif: Motif, request: GroundRequest, random: () => number): Covering {
  const { width, height } = request;
  const side = Math.min(width, height);
  const hush = sampled(width, height, quietness(request));
  const draw = motifDrawings[motif]({ width, height, side, random });
  return (x, y) => {
    const covered = draw(x, y);
    return covered === 0 ? 0 : covered * (1 - 0.72 * hush(x, y));
  };
}

interface Canvas {
  readonly width: number;
  readonly height: number;
  readonly side: number;
  readonly random: () => number;
}
/** `Math.hypot` guards against numbers that no picture has, and is ten times as slow. */
const length = (x: number, y: number): number => Math.sqrt(x * x + y * y);
const edge = (distance: number): number => Math.min(1, Math.max(0, 0.5 - distance));

const motifDrawings: Readonly<Record<Motif, (canvas: Canvas) => Covering>> = {
  /** Broad rings around a corner, every other one filled. */
  arcs({ width, height, side, random }) {
    const x0 = width * (random() < 0.75 ? 0.94 + 0.1 * random() : 0.02);
    const y0 = height * (random() < 0.5 ? 1.02 : 0.02 + 0.1 * random());
    const ring = side * (0.13 + 0.06 * random());
    const most = 3 + Math.floor(random() * 2);
    return (x, y) => {
      const distance = length(x - x0, y - y0);
      const band = distance / ring;
      if (band > most * 2 + 1) return 0;
      const index = Math.floor(band);
      const inside = Math.min(band - index, index + 1 - band) * ring;
      const share = edge(index % 2 === 0 ? -inside : inside);
      return share * (0.85 - 0.085 * index) * (index % 4 === 0 ? -1 : 1);
    };
  },
  /** Hills one behind the other, from the bottom. */
  waves({ width, height, side, random }) {
    const layers = [0, 1, 2].map((at) => ({
      top: height * (0.66 + 0.13 * at) - side * 0.05 * random(),
      tall: side * (0.05 + 0.05 * random()),
      long: (2 * Math.PI) / (Math.max(width, side) * (0.8 + 0.5 * random())),
      shift: random() * 6.28,
    }));
    const crests = layers.map(({ top, tall, long, shift }) =>
      Float32Array.from(
        { length: width },
        (_, x) => top + tall * (Math.sin(x * long + shift) + 0.35 * Math.sin(2.3 * x * long + 2 * shift)),
      ),
    );
    return (x, y) => {
      let covered = 0;
      for (let at = 0; at < crests.length; at += 1) {
        const share = edge((crests[at]?.[x] ?? height) - y);
        if (share > 0) covered = Math.max(Math.abs(covered), share * (0.38 + 0.2 * at)) * (at === 2 ? -1 : 1);
      }
      return covered;
    };
  },
  /** A grid of dots that grow towards a corner. */
  dots({ width, height, side, random }) {
    const pitch = Math.max(6, side * (0.034 + 0.012 * random()));
    const x0 = random() < 0.8 ? width : 0;
    const y0 = random() < 0.5 ? 0 : height;
    const reach = length(width, height) * (0.42 + 0.15 * random());
    return (x, y) => {
      const column = Math.round(x / pitch) * pitch;
      const row = Math.round(y / pitch) * pitch;
      const near = 1 - length(column - x0, row - y0) / reach;
      if (near <= 0.04) return 0;
      const radius = pitch * 0.36 * Math.sqrt(near);
      return -edge(length(x - column, y - row) - radius) * Math.min(0.95, 0.3 + near);
    };
  },
  /** A few large discs, partly outside. */
  discs({ width, height, side, random }) {
    const right = random() < 0.8;
    const discs = [
      { x: right ? 0.9 : 0.08, y: 0.2 + 0.2 * random(), radius: 0.4 + 0.12 * random(), share: 0.6, sign: 1 },
      {
        x: right ? 0.72 : 0.26,
        y: 0.92 + 0.1 * random(),
        radius: 0.24 + 0.1 * random(),
        share: 0.55,
        sign: -1,
      },
      { x: 0.1 + 0.5 * random(), y: -0.02, radius: 0.12 + 0.06 * random(), share: 0.45, sign: 1 },
    ].map((disc) => ({ ...disc, x: disc.x * width, y: disc.y * height, radius: disc.radius * side }));
    return (x, y) => {
      let share = 0;
      let sign = 1;
      for (const disc of discs) {
        const covered = edge(length(x - disc.x, y - disc.y) - disc.radius) * disc.share;
        if (covered > 0) {
          share = 1 - (1 - share) * (1 - covered);
          sign = disc.sign;
        }
      }
      return share * sign;
    };
  },
  /** Slanting bands in a corner. */
  bands({ width, height, side, random }) {
    const slant = 0.5 + 0.35 * random();
    const tilt = length(1, slant);
    const wide = side * (0.1 + 0.06 * random());
    const start = width * (0.66 + 0.08 * random()) + slant * height * 0.5;
    return (x, y) => {
      const along = (x + slant * y - start) / tilt;
      if (along < -1) return 0;
      const index = Math.floor(along / wide);
      const inside = Math.min(along - index * wide, (index + 1) * wide - along);
      const share = index % 2 === 0 ? edge(-inside) : edge(inside);
      return Math.max(0, share) * Math.min(0.8, 0.3 + 0.12 * index) * (index % 4 === 2 ? -1 : 1);
    };
  },
  /** Lines of equal height on a map. */
  contours({ width, height, side, random }) {
    const hills = Array.from({ length: 6 }, (_, at) => ({
      x: width * (0.35 + 0.75 * random()),
      y: height * (1.2 * random() - 0.1),
      reach: side * (0.3 + 0.35 * random()),
      rise: at % 3 === 2 ? -0.7 : 1,
    }));
    const step = 0.11;
    const line = Math.max(1, side * 0.0024);
    const field = sampled(width, height, (x, y) => {
      let sum = 0;
      for (const hill of hills) {
        sum += hill.rise * Math.exp(-((x - hill.x) ** 2 + (y - hill.y) ** 2) / hill.reach ** 2);
      }
      return sum;
    });
    return (x, y) => {
      const here = field(x, y);
      if (Math.abs(here) < 0.03) return 0;
      // How many pixels to the next line: height left over the slope.
      const slope = length(field(x + 1, y) - here, field(x, y + 1) - here);
      const off = Math.abs(here / step - Math.round(here / step)) * step;
      return -edge(off / Math.max(slope, 1e-6) - line) * Math.min(0.8, 0.2 + 0.7 * Math.abs(here));
    };
  },
};

/** A smooth surface, reckoned at every fourth pixel and drawn straight between. */
function sampled(width: number, height: number, surface: Surface): Surface {
  const pitch = 4;
  const columns = Math.ceil(width / pitch) + 2;
  const rows = Math.ceil(height / pitch) + 2;
  const heights = Float32Array.from({ length: columns * rows }, (_, at) =>
    surface((at % columns) * pitch, Math.floor(at / columns) * pitch),
  );
  return (x, y) => {
    const column = Math.floor(x / pitch);
    const row = Math.floor(y / pitch);
    const along = x / pitch - column;
    const down = y / pitch - row;
    const at = row * columns + column;
    const upper = (heights[at] ?? 0) * (1 - along) + (heights[at + 1] ?? 0) * along;
    const lower = (heights[at + columns] ?? 0) * (1 - along) + (heights[at + columns + 1] ?? 0) * along;
    return upper * (1 - down) + lower * down;
  };
}
type Surface = (x: number, y: number) => number;
