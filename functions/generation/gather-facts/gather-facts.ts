import * as z from 'zod/mini';
import { madeOnce } from '../../../adapters/generation/made-once.ts';
import {
  type GenerationStepPorts,
  instantOf,
  openRun,
  readInputs,
  takeStep,
} from '../../../adapters/generation/open-run.ts';
import type { Lake } from '../../../adapters/lake.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import type { GenerationInput } from '../../../contracts/generation.ts';
import { researchSummary } from '../../../contracts/schemas/generation-runs.ts';
import { AppError } from '../../../domain/errors.ts';
import type { FactSheet } from '../../../domain/generation/facts.ts';
import { factSheetsOf } from '../../../domain/generation/pipeline/fact-sheets.ts';
import { stepKey } from '../../../domain/generation/pipeline/generation-layout.ts';
import { readHistory } from './read-history.ts';

export interface GatherPorts extends GenerationStepPorts {
  readonly stores: WorkspaceStores<'generationRuns' | 'accounts' | 'rollups'>;
  readonly lake: Pick<Lake, 'getJson' | 'putJson' | 'getPacked'>;
}

const counted = z.object({ facts: z.record(z.string(), z.int()), notes: z.array(z.string()) });

/** What may be said, in each language, and what the workspace's own past says of the platforms. */
export async function gatherFacts(ports: GatherPorts, input: GenerationInput): Promise<{ round: number }> {
  const run = await openRun(ports, input);
  const { generationRuns } = ports.stores;
  await generationRuns.transition(run.id, ['queued', 'running'], { status: 'running' }, { attempt: input.attempt });
  const inputs = await readInputs(ports, input);
  const today = run.startedAt.slice(0, 10);

  await takeStep(ports, run.id, 'facts', run.languages.length, async () => {
    const answer = await madeOnce(ports.lake, stepKey(input, 'facts', null), {
      inputs: [inputs, run.languages, today],
      schema: counted,
      make: async () => {
        const sheets = [...factSheetsOf(inputs, run.languages, today).values()];
        refuseContradictions(sheets);
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
        notes: inputs.page === null ? ['The landing page was not read: ads say what the brief says.'] : [],
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
