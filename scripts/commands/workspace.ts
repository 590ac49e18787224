import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { provisionedWorkspace, provisionWorkspace } from '../../contracts/provisioning.ts';
import { deleteWorkspace } from '../delete-workspace.ts';
import { invokeOperator } from '../invoke-operator.ts';

const help = `Creates or completes a workspace in a deployed stage, or deletes everything of one.

  npm run workspace -- --stage prod --region eu-central-1 --file workspace.json [--profile NAME]
  npm run workspace -- delete --help

The file holds the workspace, its members, machine clients and connections; docs/deploy.md shows one.
Repeating the command with the same workspace id changes nothing that is already so.
`;

function fail(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(2);
}

function read(): { stage: string; region: string; file: string; profile: string | undefined } {
  try {
    const { values } = parseArgs({
      options: {
        stage: { type: 'string' },
        region: { type: 'string' },
        file: { type: 'string' },
        profile: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const { stage, region, file, profile } = values;
    if (stage === undefined || region === undefined || file === undefined) {
      throw new Error('--stage, --region and --file are needed.');
    }
    return { stage, region, file, profile };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

if (process.argv[2] === 'delete') {
  process.exit(await deleteWorkspace(process.argv.slice(3)));
}
const options = read();
const text = await readFile(options.file, 'utf8').catch((error: NodeJS.ErrnoException) =>
  fail(`${options.file} cannot be read: ${error.code}.`),
);
const parsed = (() => {
  try {
    return z.safeParse(provisionWorkspace, JSON.parse(text));
  } catch {
    return fail(`${options.file} is not JSON.`);
  }
})();
if (!parsed.success) {
  fail(`${options.file} does not describe a workspace:\n${z.prettifyError(parsed.error)}`);
}

const answer = await invokeOperator(options, 'gateway/provision-workspace', parsed.data).catch((error: Error) =>
  fail(`The workspace was not created: ${error.message}`),
);
const created = z.parse(provisionedWorkspace, answer);
process.stdout.write(`Workspace ${created.workspaceId}\nConnections ${created.connectionIds.join(', ') || 'none'}\n`);
