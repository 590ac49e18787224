/** From the five classes of the model to labels of Rekognition's taxonomy, version 7. */
export interface PictureQuestion {
  readonly type: 'jpeg' | 'png';
  readonly bytes: Uint8Array;
}

/** NSFWJS's classes, each 0 to 1 and 1 in all. */
export interface PictureChances {
  readonly drawing: number;
  readonly hentai: number;
  readonly neutral: number;
  readonly porn: number;
  readonly sexy: number;
}

export interface ModerationLabel {
  readonly Name: string;
  /** Empty at the first level. */
  readonly ParentName: string;
  /** Percent. */
  readonly Confidence: number;
  readonly TaxonomyLevel: 1 | 2 | 3;
}

export const MODERATION_MODEL_VERSION = '7.0';

interface Rule {
  readonly name: string;
  readonly parent: string;
  readonly level: 1 | 2;
  readonly chance: (chances: PictureChances) => number;
}

const explicit = ({ porn, hentai }: PictureChances): number => porn + hentai;
/** The model does not tell bare skin from a swimsuit: one class stands for both, and both are named. */
const suggestive = ({ sexy }: PictureChances): number => sexy;

const RULES: readonly Rule[] = [
  { name: 'Explicit', parent: '', level: 1, chance: explicit },
  { name: 'Explicit Nudity', parent: 'Explicit', level: 2, chance: explicit },
  { name: 'Non-Explicit Nudity of Intimate parts and Kissing', parent: '', level: 1, chance: suggestive },
  {
    name: 'Non-Explicit Nudity',
    parent: 'Non-Explicit Nudity of Intimate parts and Kissing',
    level: 2,
    chance: suggestive,
  },
  { name: 'Swimwear or Underwear', parent: '', level: 1, chance: suggestive },
];

/** `least` in percent. */
export function moderationLabels(chances: PictureChances, least: number): readonly ModerationLabel[] {
  return RULES.map(({ name, parent, level, chance }) => ({
    Confidence: percent(chance(chances)),
    Name: name,
    ParentName: parent,
    TaxonomyLevel: level,
  })).filter(({ Confidence }) => Confidence >= least);
}

/** Whether it is drawn rather than photographed. */
export function contentTypes({ drawing, hentai }: PictureChances, least: number) {
  const confidence = percent(drawing + hentai);
  return confidence >= least ? [{ Name: 'Illustrated Content', Confidence: confidence }] : [];
}

const percent = (chance: number): number => Math.round(1e4 * Math.min(1, chance)) / 100;
