import { userInfo } from 'node:os';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import {
  type DeleteWorkspaceData,
  type DeletionAnswer,
  deletionAnswer,
  type Inventory,
} from '../contracts/workspace-deletion.ts';
import { invokeOperator } from './invoke-operator.ts';

const help = `Deletes everything of one workspace, in two steps, and leaves a proof.

  npm run workspace -- delete --stage prod --region eu-central-1 --workspace wsp_… [--by NAME] [--profile NAME]
      counts what there is and prints a token; nothing is changed
  npm run workspace -- delete --stage … --region … --workspace wsp_… --token TOKEN [--by NAME]
      deletes it: facts, raw answers and all else in the lake, state, credentials

  --by   who plans or signs off; your name on this machine by default

A confirmation that is cut off goes on when it is repeated with the same token. docs/operations.md says what remains where
and for how long.
`;

/** Calls of one confirmation; each works for up to fifteen minutes. */
const maximumCalls = 200;

interface DeleteOptions {
  readonly stage: string;
  readonly region: string;
  readonly profile: string | undefined;
  readonly order: DeleteWorkspaceData;
}

/** Gives the exit code. */
export async function deleteWorkspace(args: readonly string[]): Promise<number> {
  let options: DeleteOptions | undefined;
  try {
    options = read(args);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
    return 2;
  }
  if (options === undefined) {
    process.stdout.write(help);
    return 0;
  }
  try {
    return await run(options);
  } catch (error) {
    process.stderr.write(`The workspace was not deleted: ${error instanceof Error ? error.message : String(error)}\n`);
    return 1;
  }
}

function read(args: readonly string[]): DeleteOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      stage: { type: 'string' },
      region: { type: 'string' },
      workspace: { type: 'string' },
      token: { type: 'string' },
      by: { type: 'string' },
      profile: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return undefined;
  const { stage, region, workspace, token, profile } = values;
  if (stage === undefined || region === undefined || workspace === undefined) {
    throw new Error('--stage, --region and --workspace are needed.');
  }
  const who = { workspaceId: workspace, by: values.by ?? userInfo().username };
  const order: DeleteWorkspaceData =
    token === undefined ? { step: 'plan', ...who } : { step: 'confirm', ...who, token };
  return { stage, region, profile, order };
}

async function run(options: DeleteOptions): Promise<number> {
  const call = async (): Promise<DeletionAnswer> =>
    z.parse(deletionAnswer, await invokeOperator(options, 'integrations/delete-workspace-data', options.order));
  for (let calls = 0; calls < maximumCalls; calls += 1) {
    const answer = await call();
    if (answer.state === 'planned') {
      process.stdout.write(`${answer.name ?? 'A workspace whose record is gone'} (${answer.workspaceId}) holds:\n`);
      process.stdout.write(table(answer.counts));
      process.stdout.write(
        `\nNothing was deleted. To delete all of it for good, before ${answer.expiresAt}:\n\n  npm run workspace -- delete --stage ${options.stage} --region ${options.region} --workspace ${answer.workspaceId} --token ${answer.token}\n`,
      );
      return 0;
    }
    if (answer.state === 'deleted') {
      process.stdout.write(`Deleted. Proof: ${answer.proofKey} in the lake, SHA-256 ${answer.proof.sha256}\n`);
      process.stdout.write(table(answer.proof.before));
      for (const { what, until } of answer.proof.remains) process.stdout.write(`Until ${until}: ${what}\n`);
      return 0;
    }
    process.stdout.write(`Under way; left:\n${table(answer.left)}`);
  }
  throw new Error(`it was not done after ${maximumCalls} calls. Repeat the command.`);
}

const table = (counts: Inventory): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([kind, count]) => `  ${String(count).padStart(12)}  ${kind}\n`)
    .join('');
