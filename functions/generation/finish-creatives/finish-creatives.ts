import * as z from 'zod/mini';
import { madeBefore, madeOnce } from '../../../adapters/generation/made-once.ts';
import {
  type GenerationStepPorts,
  instantOf,
  openRun,
  readInputs,
  takeStep,
} from '../../../adapters/generation/open-run.ts';
import { moderateAds } from '../../../adapters/moderation/moderate-ads.ts';
import type { Moderator } from '../../../adapters/moderation/moderator.ts';
import { askForReview } from '../../../adapters/reviews/waiting-ads.ts';
import type { GenerationRecord } from '../../../adapters/stores/generation-run-store.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { FinishInput } from '../../../contracts/generation.ts';
import { type CreativeRecord, creativeRecord } from '../../../contracts/schemas/creatives.ts';
import type { ModerationThresholds } from '../../../domain/compliance/moderation/judge.ts';
import type { CompiledPolicy } from '../../../domain/compliance/policy/compile-policy.ts';
import { AppError } from '../../../domain/errors.ts';
import { trigramSimilarity } from '../../../domain/generation/copy/similarity.ts';
import type { CopyFormat } from '../../../domain/generation/copy/slots.ts';
import { checkContextOf } from '../../../domain/generation/pipeline/check-context.ts';
import { checkCreative } from '../../../domain/generation/pipeline/check-creative.ts';
import { factSheetsOf } from '../../../domain/generation/pipeline/fact-sheets.ts';
import { stepKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { imageBatches } from '../../../domain/generation/pipeline/image-batches.ts';
import { isBlocked } from '../../../domain/generation/pipeline/is-blocked.ts';
import { type MadeImage, madeImage, withImages } from '../../../domain/generation/pipeline/made-image.ts';
import { type RunInputs, shownByOwner } from '../../../domain/generation/pipeline/run-inputs.ts';
import { rankCreatives } from '../../../domain/generation/variants/rank-creatives.ts';
import type { PlatformId } from '../../../domain/integrations/platform.ts';

export interface FinishPorts extends GenerationStepPorts {
  readonly stores: WorkspaceStores<'generationRuns' | 'creatives' | 'reviews'>;
  readonly policy: CompiledPolicy;
  readonly moderator: Pick<Moderator, 'texts' | 'pictures'>;
  readonly thresholds: ModerationThresholds;
  readonly signal?: AbortSignal;
  readonly formatOf: (platform: PlatformId, format: CopyFormat['format']) => CopyFormat | undefined;
}

interface Finishing {
  readonly ports: FinishPorts;
  readonly input: FinishInput;
  readonly run: GenerationRecord;
  readonly inputs: RunInputs;
}

const creatives = z.array(creativeRecord);
const images = z.object({ made: z.array(madeImage), notes: z.array(z.string()) });
type Made = { readonly answer: CreativeRecord[]; readonly note: string };

/** What is made of the ads of a round once they are written: each step reads what the one before has made. */
export async function finishCreatives(ports: FinishPorts, input: FinishInput): Promise<{ creatives: number }> {
  const run = await openRun(ports, input);
  const finishing = { ports, input, run, inputs: await readInputs(ports, input) };
  const work = { personalise, check, score }[input.step];
  const of = (await ports.stores.generationRuns.made(run.id)).plan?.campaigns.length ?? 1;
  const made = await takeStep(ports, run.id, input.step, of, () => work(finishing));
  return { creatives: made.length };
}

/** Who wrote, and why another stood in. */
function copyNote(ads: readonly CreativeRecord[]): string {
  const models = [...new Set(ads.map(({ writtenBy }) => writtenBy.model))];
  const reasons = [...new Set(ads.flatMap(({ writtenBy }) => writtenBy.fallback ?? []))];
  return [`${ads.length} ads written by ${models.join(' and ')}.`, ...reasons].join(' ').slice(0, 1000);
}

/** For whom the ads are. */
function segmentNote(ads: readonly CreativeRecord[]): string {
  const segments = [...new Set(ads.flatMap(({ segment }) => segment ?? []))];
  return segments.length === 0
    ? 'The brief names no segments to write for: every ad is for all.'
    : `Ads for ${segments.join(', ')}.`.slice(0, 1000);
}

async function before(finishing: Finishing, step: 'personalise' | 'check'): Promise<CreativeRecord[]> {
  const { ports, input } = finishing;
  const made = await madeBefore(ports.lake, stepKey(input, step, input.round), creatives);
  if (made === undefined) throw new AppError('internal', `The step ${step} has left nothing behind.`);
  return made;
}

const keep = ({ ports, input }: Finishing, inputs: unknown, make: () => Promise<CreativeRecord[]>) =>
  madeOnce(ports.lake, stepKey(input, input.step, input.round), { inputs, schema: creatives, make });

/** Brings words and pictures together. */
async function personalise(finishing: Finishing): Promise<Made> {
  const { ports, input, run } = finishing;
  const { plan } = await ports.stores.generationRuns.made(run.id);
  const written: CreativeRecord[] = [];
  const notes: string[] = [];
  for (const { key } of plan?.campaigns ?? []) {
    const ads = (await madeBefore(ports.lake, stepKey(input, 'copy', input.round, key), creatives)) ?? [];
    const drawn: MadeImage[] = [];
    for (const { first } of imageBatches(run.variants)) {
      const batch = await madeBefore(ports.lake, stepKey(input, 'images', input.round, `${key}.${first}`), images);
      notes.push(...(batch?.notes ?? []));
      drawn.push(...(batch?.made ?? []));
    }
    written.push(...withImages(ads, drawn));
  }
  const { generationRuns } = ports.stores;
  const at = instantOf(ports);
  const shown = written.filter((ad) => ad.images.length > 0).length;
  await generationRuns.endStep(run.id, 'copy', { status: 'done', at, note: copyNote(written) });
  if (shown > 0 || notes.length > 0) {
    const note = [`${shown} ads with a picture.`, ...new Set(notes)].join(' ').slice(0, 1000);
    await generationRuns.endStep(run.id, 'images', { status: 'done', at, note });
  }
  if (written.length === 0) {
    throw new AppError(
      'invalid-request',
      'No ad could be written: the facts do not fill a single one. Add short benefits, features or proof to the brief.',
    );
  }
  const answer = await keep(finishing, [written], async () => written);
  return { answer, note: segmentNote(answer) };
}

/** Holds every ad against platform rules and law; what can be mended is, at most twice. */
async function check(finishing: Finishing): Promise<Made> {
  const { ports, run, inputs } = finishing;
  const ads = await before(finishing, 'personalise');
  const today = new Date(ports.now()).toISOString().slice(0, 10);
  const sheets = factSheetsOf(inputs, run.languages, run.startedAt.slice(0, 10));
  // A run that goes on looks again: what could not be looked at may be by now.
  const answer = await keep(
    finishing,
    [ads, today, ports.policy.version, ports.thresholds, finishing.input.attempt],
    async () => {
      const checked = ads.map((ad) => {
        const format = ports.formatOf(ad.platform, ad.format);
        if (format === undefined) throw new AppError('internal', `${ad.platform} has no texts for ${ad.format}.`);
        const sheet = sheets.get(ad.language);
        return checkCreative(ad, checkContextOf(inputs, { policy: ports.policy, format, sheet, today }));
      });
      return moderateAds(ports.moderator, finishing.input.workspaceId, checked, {
        ...{ allowed: shownByOwner(inputs), thresholds: ports.thresholds, pictures: true },
        ...(ports.signal !== undefined && { signal: ports.signal }),
      });
    },
  );
  const mended = answer.filter(({ repairs }) => repairs.length > 0).length;
  const blocked = answer.filter(({ verdict }) => verdict === 'block').length;
  return { answer, note: `${answer.length} ads checked, ${mended} mended, ${blocked} left for a person.` };
}

/** Puts the ads in order, leaves out near copies, and shows them. */
async function score(finishing: Finishing): Promise<Made> {
  const { ports, input, run } = finishing;
  const ads = await before(finishing, 'check');
  const answer = await keep(finishing, [ads], async () => [...rankCreatives(ads, trigramSimilarity()).kept]);
  await ports.stores.creatives.keep(answer);
  const at = instantOf(ports);
  for (const ad of answer.filter(isBlocked)) await askForReview(ports.stores, ad, { at, changed: false });
  const count = (verdict: CreativeRecord['verdict']) => answer.filter((one) => one.verdict === verdict).length;
  await ports.stores.generationRuns.transition(
    run.id,
    ['running'],
    {
      status: 'running',
      creatives: { total: answer.length, blocked: count('block'), warned: count('warn') },
    },
    { attempt: input.attempt, round: input.round },
  );
  const twins = ads.length - answer.length;
  return { answer, note: `${answer.length} ads${twins > 0 ? `, ${twins} near copies left out` : ''}.` };
}
