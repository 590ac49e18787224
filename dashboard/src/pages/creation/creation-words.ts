import type {
  CreativeFinding,
  GeneratedCreative,
  GenerationRun,
  GenerationStep,
  RunDecision,
} from '../../../../sdks/javascript/src/generated/api.ts';
import { percent } from '../../format/numbers.ts';
import { counted } from '../../format/plural.ts';
import type { Tone } from '../../parts/status.tsx';

interface Word {
  readonly label: string;
  readonly tone: Tone;
}

export const creationStatus: Readonly<Record<GenerationRun['status'], Word>> = {
  queued: { label: 'Queued', tone: 'busy' },
  running: { label: 'Being made', tone: 'busy' },
  'awaiting-approval': { label: 'Waits for a decision', tone: 'warn' },
  launching: { label: 'Being launched', tone: 'busy' },
  succeeded: { label: 'Handed over', tone: 'good' },
  partial: { label: 'Handed over in part', tone: 'bad' },
  failed: { label: 'Failed', tone: 'bad' },
  rejected: { label: 'Rejected', tone: 'quiet' },
  expired: { label: 'Expired', tone: 'quiet' },
  cancelled: { label: 'Cancelled', tone: 'quiet' },
};

const underWay: ReadonlySet<GenerationRun['status']> = new Set(['queued', 'running', 'awaiting-approval', 'launching']);
/** Whether anything more comes of it. */
export const isOver = ({ status }: Pick<GenerationRun, 'status'>): boolean => !underWay.has(status);
export const isResumable = ({ status }: Pick<GenerationRun, 'status'>): boolean =>
  status === 'failed' || status === 'cancelled' || status === 'partial';
export const isCancellable = ({ status }: Pick<GenerationRun, 'status'>): boolean =>
  status === 'queued' || status === 'running' || status === 'awaiting-approval';

export const stepNames: Readonly<Record<GenerationStep['name'], string>> = {
  facts: 'Facts',
  research: 'Past results',
  plan: 'Plan',
  copy: 'Texts',
  images: 'Images',
  personalise: 'Segments',
  check: 'Policy and law',
  score: 'Strength',
  approval: 'Your decision',
  launch: 'Launch',
};

export const stepStatus: Readonly<Record<GenerationStep['status'], Word>> = {
  waiting: { label: 'Waiting', tone: 'quiet' },
  running: { label: 'Running', tone: 'busy' },
  done: { label: 'Done', tone: 'good' },
  failed: { label: 'Failed', tone: 'bad' },
  skipped: { label: 'Left out', tone: 'aside' },
};

/** `12 of 30`; nothing until it is known how much there is to do. */
export const stepAmount = ({ done, of }: Pick<GenerationStep, 'done' | 'of'>): string | undefined =>
  of === 0 ? undefined : done >= of ? String(of) : `${done} of ${of}`;

export const angleNames: Readonly<Record<GeneratedCreative['angle'], string>> = {
  benefit: 'Benefit',
  offer: 'Offer',
  problem: 'Problem',
  proof: 'Proof',
  urgency: 'Urgency',
  category: 'What it is',
};
export const angles = Object.keys(angleNames) as readonly GeneratedCreative['angle'][];

type Angle = GeneratedCreative['angle'];

/** How many ads lead with which angle, for whom: everybody first, then by name. */
export function coverageOf(
  creatives: readonly Pick<GeneratedCreative, 'segment' | 'angle'>[],
): readonly { readonly segment: string | null; readonly counts: Readonly<Record<Angle, number>> }[] {
  const bySegment = [...Map.groupBy(creatives, ({ segment }) => segment)];
  return bySegment
    .sort(([a], [b]) => (a ?? '').localeCompare(b ?? ''))
    .map(([segment, own]) => ({
      segment,
      counts: Object.fromEntries(
        angles.map((angle) => [angle, own.filter((one) => one.angle === angle).length]),
      ) as Record<Angle, number>,
    }));
}

/** Angles that no ad leads with, and what would give them. */
export function missingText(creatives: readonly Pick<GeneratedCreative, 'angle'>[]): string {
  const missing = angles.filter((angle) => !creatives.some((one) => one.angle === angle));
  return missing.length === 0
    ? 'Every angle leads an ad.'
    : `No ad leads with: ${missing.map((angle) => angleNames[angle]).join(', ')}. The brief says nothing for it, or what it says fits no place; add it there and start a new run.`;
}

export const formatNames: Readonly<Record<GeneratedCreative['format'], string>> = {
  'responsive-search': 'Search ad',
  'asset-group': 'Performance Max',
  'in-feed-image': 'In-feed image',
  'in-feed-video': 'In-feed video',
  'single-image': 'Sponsored image',
};

export const creativeStatus: Readonly<Record<GeneratedCreative['status'], Word>> = {
  draft: { label: 'Draft', tone: 'aside' },
  'needs-review': { label: 'Needs a person', tone: 'bad' },
  approved: { label: 'Approved', tone: 'good' },
  'sent-back': { label: 'Sent back', tone: 'quiet' },
  rejected: { label: 'Rejected', tone: 'quiet' },
  launched: { label: 'In a change', tone: 'good' },
};

export const severityWords: Readonly<Record<CreativeFinding['severity'], Word>> = {
  block: { label: 'Must be mended', tone: 'bad' },
  warn: { label: 'Look at it', tone: 'warn' },
  info: { label: 'Good to know', tone: 'aside' },
};

export const decisionWords: Readonly<Record<RunDecision['decision'], string>> = {
  approve: 'Approved',
  'send-back': 'Sent back',
  reject: 'Rejected',
};

const languageNames = new Intl.DisplayNames('en', { type: 'language' });
const countryNames = new Intl.DisplayNames('en', { type: 'region' });
export const languageName = (code: string): string => languageNames.of(code) ?? code;
export const countryName = (code: string): string => countryNames.of(code) ?? code;

/** `30 ads, 2 must be mended, 3 to look at` */
export function creativesText({ creatives: { total, blocked, warned } }: Pick<GenerationRun, 'creatives'>): string {
  if (total === 0) return 'No ad yet';
  return [
    counted(total, 'ad'),
    ...(blocked > 0 ? [`${blocked} must be mended`] : []),
    ...(warned > 0 ? [`${warned} to look at`] : []),
  ].join(', ');
}

const places: Readonly<Record<string, string>> = {
  headlines: 'Headline',
  longHeadlines: 'Long headline',
  descriptions: 'Description',
  businessName: 'Business name',
  path: 'Path',
  text: 'Caption',
  displayName: 'Display name',
  introduction: 'Introduction',
  headline: 'Headline',
  images: 'Picture',
};

/** `headlines.2` → `Headline 3` */
export function fieldName(field: string): string {
  const [place = field, index] = field.split('.');
  const name = places[place] ?? place;
  return index === undefined ? name : `${name} ${Number(index) + 1}`;
}

/** Where a fact was read: `the brief (benefits 2)` */
export function sourceText(source: GeneratedCreative['facts'][number]['source']): string {
  if (!('field' in source)) return 'the landing page';
  const [place = '', index] = source.field.split('.');
  return `the brief (${place}${index === undefined || !/^\d+$/.test(index) ? '' : ` ${Number(index) + 1}`})`;
}

/** A judgement with its doubt: `62 of 100, likely 48 to 75`. */
export const strengthText = ({ score, low, high }: GeneratedCreative['strength']): string =>
  `${Math.round(score * 100)} of 100, likely ${Math.round(low * 100)} to ${Math.round(high * 100)}`;

export const shareText = (share: number): string => percent(share).replace(/\.00/, '');
