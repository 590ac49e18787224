import type { BrandKit } from '../../../contracts/schemas/brand-kits.ts';
import { contrast, hexOfOklch, type Oklch, oklchOf } from './colour.ts';

export const moods = ['deep', 'vivid', 'light'] as const;
/** How bright a picture is as a whole. */
export type Mood = (typeof moods)[number];

/** The colours of one picture, sRGB hex. */
export interface Palette {
  readonly mood: Mood;
  /** What lies behind everything, and two neighbours to shade it with. */
  readonly ground: readonly [string, string, string];
  /** Soft light and shapes on the ground. */
  readonly glow: string;
  readonly shapes: readonly [string, string];
  readonly ink: string;
  /** For what is said more quietly; as readable as ink. */
  readonly quietInk: string;
  readonly button: { readonly fill: string; readonly ink: string };
  readonly badge: { readonly fill: string; readonly ink: string };
}

const dark = '#10131a';
const white = '#ffffff';
/** WCAG 2.2, 1.4.3: what small text needs. */
export const readable = 4.5;

const inkOn = (fill: string, tint: Oklch): string => {
  const tinted = hexOfOklch({ l: 0.2, c: Math.min(0.05, tint.c), h: tint.h });
  return contrast(fill, white) >= readable ? white : contrast(fill, tinted) >= readable ? tinted : dark;
};

/** Moves a fill away from mid grey until white or dark text is read on it. */
const fillFor = (hex: string): string => {
  const colour = oklchOf(hex);
  for (let step = 0; step <= 10; step += 1) {
    const fill = hexOfOklch({ ...colour, l: colour.l - 0.02 * step });
    if (contrast(fill, white) >= readable + 0.3 || contrast(fill, dark) >= readable + 1.5) return fill;
  }
  return hexOfOklch({ ...colour, l: 0.4 });
};

const apart = (a: Oklch, b: Oklch): number => Math.abs(a.l - b.l) + (Math.hypot(a.c, b.c) * hueApart(a.h, b.h)) / 90;

/** A palette of the brand’s colours alone; what the brand does not name is derived from its first colour. */
export function palette(colours: BrandKit['colours'], mood: Mood): Palette {
  const primary = oklchOf(colours.primary);
  const grey = primary.c < 0.03;
  // A grey has no hue of its own: what is shaded with it stays in the first colour’s.
  const given = oklchOf(
    colours.secondary ?? hexOfOklch({ l: primary.l + 0.08, c: grey ? 0.02 : primary.c * 0.9, h: primary.h - 14 }),
  );
  const secondary = given.c < 0.03 ? { ...given, h: primary.h } : given;
  const accent = oklchOf(
    colours.accent ?? (grey ? '#f2b84b' : hexOfOklch({ l: 0.82, c: 0.15, h: warmOpposite(primary.h) })),
  );
  // Colours from across the wheel turn to mud where they run into each other; such a second one is for badges and buttons.
  const beside = grey || hueApart(primary.h, secondary.h) > 60 ? { ...primary, l: primary.l + 0.06 } : secondary;
  const ground = grounds(mood, primary, beside, colours.background);
  const base = oklchOf(ground[0]);
  const ink = mood === 'light' ? darkInk(colours, ground[0], primary) : white;
  // The first of the brand’s colours that stands out from what it lies on.
  const bright = mood === 'light' ? [primary, accent, secondary] : [accent, secondary, { ...primary, l: 0.86 }];
  const chosen = bright.find((colour) => apart(colour, base) > 0.24) ?? {
    l: base.l > 0.6 ? 0.25 : 0.95,
    c: 0.02,
    h: base.h,
  };
  const button = fillFor(hexOfOklch(chosen));
  const second = [accent, secondary, primary].find(
    (colour) => apart(colour, base) > 0.24 && apart(colour, oklchOf(button)) > 0.12,
  );
  const badge = fillFor(hexOfOklch(second ?? { l: base.l > 0.6 ? 0.3 : 0.95, c: Math.min(0.06, base.c), h: base.h }));
  return {
    mood,
    ground,
    glow: hexOfOklch({
      l: mood === 'light' ? 0.985 : Math.min(0.78, base.l + 0.24),
      c: Math.min(0.16, beside.c + 0.02),
      h: beside.h,
    }),
    shapes: [
      hexOfOklch({ l: mood === 'light' ? base.l - 0.07 : base.l + 0.09, c: Math.max(0.02, base.c), h: primary.h }),
      hexOfOklch({
        l: mood === 'light' ? base.l - 0.13 : base.l + 0.17,
        c: Math.max(0.03, beside.c * 0.8),
        h: beside.h,
      }),
    ],
    ink,
    quietInk:
      mood === 'light' ? hexOfOklch({ l: 0.4, c: 0.03, h: primary.h }) : hexOfOklch({ l: 0.96, c: 0.02, h: primary.h }),
    button: { fill: button, ink: inkOn(button, primary) },
    badge: { fill: badge, ink: inkOn(badge, primary) },
  };
}

/** Opposite on the wheel, but never in the greens that no brand asked for: yellow to orange, or pink. */
function warmOpposite(hue: number): number {
  const opposite = (hue + 180) % 360;
  return opposite > 110 && opposite < 320 ? 85 : opposite;
}

const hueApart = (a: number, b: number): number => 180 - Math.abs(((a - b + 720) % 360) - 180);

const darkInk = (colours: BrandKit['colours'], ground: string, primary: Oklch): string =>
  colours.text !== undefined && contrast(colours.text, ground) >= 7
    ? colours.text
    : hexOfOklch({ l: 0.22, c: Math.min(0.06, primary.c), h: primary.h });

function grounds(
  mood: Mood,
  primary: Oklch,
  secondary: Oklch,
  background: string | undefined,
): readonly [string, string, string] {
  if (mood === 'light') {
    const own = background === undefined ? undefined : oklchOf(background);
    const l = own !== undefined && own.l > 0.85 ? Math.min(0.97, own.l) : 0.95;
    const tint = own !== undefined && own.l > 0.85 ? own : { c: Math.min(0.025, primary.c), h: primary.h };
    return [
      hexOfOklch({ l, c: tint.c, h: tint.h }),
      hexOfOklch({ l: l - 0.05, c: Math.min(0.05, primary.c * 0.5), h: primary.h }),
      hexOfOklch({ l: l - 0.03, c: Math.min(0.045, secondary.c * 0.5), h: secondary.h }),
    ];
  }
  const l = mood === 'deep' ? 0.27 : Math.min(0.46, Math.max(0.36, primary.l - 0.06));
  const c = mood === 'deep' ? Math.min(0.09, primary.c) : Math.min(0.17, primary.c);
  return [
    hexOfOklch({ l, c, h: primary.h }),
    hexOfOklch({ l: l - 0.08, c: c * 0.85, h: primary.h - 8 }),
    hexOfOklch({ l: l + 0.05, c: Math.min(c * 1.1, Math.max(0.04, secondary.c)), h: secondary.h }),
  ];
}
