import * as z from 'zod/mini';
import { madeBefore, madeOnce } from '../../../adapters/generation/made-once.ts';
import {
  type GenerationStepPorts,
  instantOf,
  openRun,
  pageKey,
  readInputs,
  takeStep,
} from '../../../adapters/generation/open-run.ts';
import type { Lake } from '../../../adapters/lake.ts';
import { readHtml } from '../../../adapters/pages/html-parts.ts';
import type { ReadPage } from '../../../adapters/pages/page-reader.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { GenerationInput } from '../../../contracts/generation.ts';
import type { Brief } from '../../../contracts/schemas/briefs.ts';
import { researchSummary } from '../../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../../domain/errors.ts';
import type { FactSheet } from '../../../domain/generation/facts.ts';
import { composePage } from '../../../domain/generation/landing-page/compose-page.ts';
import { readPageFacts } from '../../../domain/generation/landing-page/read-page-facts.ts';
import { segmentsOf } from '../../../domain/generation/personalise/segments.ts';
import { factSheetsOf } from '../../../domain/generation/pipeline/fact-sheets.ts';
import { stepKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { ofBrief, type PageReading, pageRead } from '../../../domain/generation/pipeline/run-inputs.ts';
import { readHistory } from './read-history.ts';

export interface GatherPorts extends GenerationStepPorts {
  readonly stores: WorkspaceStores<'generationRuns' | 'accounts' | 'rollups'>;
  readonly lake: Pick<Lake, 'getJson' | 'putJson' | 'getPacked'>;
  readonly readPage: ReadPage;
}

/** Characters, as the check of policies takes a page. */
const mostPageText = 100_000;

const counted = z.object({ facts: z.record(z.string(), z.int()), notes: z.array(z.string()) });

/** What may be said, in each language, and what the workspace's own past says of the platforms. */
export async function gatherFacts(ports: GatherPorts, input: GenerationInput): Promise<{ round: number }> {
  const run = await openRun(ports, input);
  const { generationRuns } = ports.stores;
  await generationRuns.transition(run.id, ['queued', 'running'], { status: 'running' }, { attempt: input.attempt });
  await readPageOnce(ports, input);
  const inputs = await readInputs(ports, input);
  const today = run.startedAt.slice(0, 10);

  await takeStep(ports, run.id, 'facts', run.languages.length, async () => {
    const answer = await madeOnce(ports.lake, stepKey(input, 'facts', null), {
      inputs: [inputs, run.languages, today],
      schema: counted,
      make: async () => {
        const sheets = [...factSheetsOf(ofBrief(inputs), run.languages, today).values()];
        refuseContradictions(sheets);
        refuseSegments(inputs.brief);
        return {
          facts: Object.fromEntries(sheets.map(({ language, facts }) => [language, facts.length])),
          notes: [...new Set(sheets.flatMap(({ findings }) => findings.map(({ message }) => message)))],
        };
      },
    });
    const said = Object.entries(answer.facts).map(([language, count]) => `${count} in ${language}`);
    return { answer, note: [`Facts: ${said.join(', ')}.`, ...answer.notes].join(' ') };
  });

  await takeStep(ports, run.id, 'research', 1, async () => {
    const answer = await madeOnce(ports.lake, stepKey(input, 'research', null), {
      inputs: [inputs.brief.platforms, today],
      schema: researchSummary,
      make: async () => ({
        basis: 'own-metrics' as const,
        history: await readHistory(ports, inputs.brief, today),
        landingPage:
          inputs.page === null
            ? null
            : { url: inputs.page.url, readAt: inputs.page.readAt, facts: inputs.page.facts.length },
        notes: inputs.page === null ? [`The landing page was not read: ${await whyNotRead(ports, input)}.`] : [],
      }),
    });
    await generationRuns.keepMade(
      run.id,
      { ...(await generationRuns.made(run.id)), research: answer },
      instantOf(ports),
    );
    return { answer, note: 'The workspace’s own past results and the landing page.' };
  });
  return { round: run.round };
}

/** The landing page as it is when the run begins; a run goes on without one that cannot be read. */
async function readPageOnce(ports: GatherPorts, input: GenerationInput): Promise<void> {
  const { brief, page } = await readInputs(ports, input);
  if (page !== null) return;
  await madeOnce(ports.lake, pageKey(input), {
    inputs: [brief.landingPageUrl],
    schema: pageRead,
    make: async (): Promise<PageReading> => {
      const read = await ports.readPage(brief.landingPageUrl);
      if (read.kind === 'failed') return { page: null, reason: read.reason };
      const document = composePage(readHtml(read.html));
      const facts = readPageFacts(document).flatMap(({ suspicious, id, kind, text, language, source }) =>
        // What reads like an instruction to a writer is never one, and no fact either.
        suspicious ? [] : [{ id, kind, text, language, source }],
      );
      const text = document.text.slice(0, Math.min(document.visibleEnd, mostPageText));
      return { page: { url: read.url, status: read.status, readAt: instantOf(ports), text, facts }, reason: null };
    },
  });
}

const whyNotRead = async (ports: GatherPorts, input: GenerationInput): Promise<string> =>
  (await madeBefore(ports.lake, pageKey(input), pageRead))?.reason ?? 'nobody asked for it';

/** A brief that contradicts itself makes ads that do: nobody pays for those. */
function refuseContradictions(sheets: readonly FactSheet[]): void {
  const [first] = sheets.flatMap(({ findings }) => findings.filter(({ severity }) => severity === 'block'));
  if (first !== undefined) {
    throw new AppError('invalid-request', `The brief contradicts itself in ${first.field}: ${first.message}`);
  }
  if (sheets.every(({ facts }) => facts.length === 0)) {
    throw new AppError('invalid-request', 'The brief lets nothing be said: give the product a name and a benefit.');
  }
}

/** An audience that nobody may be sorted into is not quietly made everyone: whoever wrote the brief says whom they mean. */
function refuseSegments(brief: Brief): void {
  const refused = segmentsOf(brief).findings.find(({ severity }) => severity === 'block');
  if (refused !== undefined) {
    throw new AppError('invalid-request', `The brief’s ${refused.field} cannot be an audience: ${refused.message}`);
  }
}
