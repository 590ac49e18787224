// The one script that runs on whatever Node the machine has: it installs what is missing, then hands over to the Node that
// the lock file pins. Plain JavaScript on purpose, like everything that it imports.
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const oldest = 20;
const commands = {
  start: 'Run the whole system on this machine',
  test: 'Run every test',
  check: 'Types, lint, import directions, dead code, generated files, template rules',
  build: 'Bundle functions and dashboard, synthesize templates',
  generate: 'Write OpenAPI and SDK types from the contracts',
  bench: 'Measure, print a table and write bench/results.json',
  deploy: 'Deploy to an AWS account',
  workspace: 'Create a workspace in a deployed stage',
  config: 'Say what is configured, and where each value comes from',
  'kafka:fetch': 'Fetch a Kafka broker for the test that wants a real one',
  streams: 'Hold live counters against the lake, or make them from it again',
  dlq: 'List, show and replay dead letters of the stream',
  'audit:verify': 'Prove that the audit trail of a workspace is whole',
};
const usageError = 2;

function stop(sentence, code = 1) {
  process.stderr.write(`${sentence}\n`);
  process.exit(code);
}

const [command = '', ...rest] = process.argv.slice(2);
if (!Object.keys(commands).includes(command)) {
  const lines = Object.entries(commands).map(([name, does]) => `  npm run ${name.padEnd(12)} ${does}`);
  const list = `Commands:\n${lines.join('\n')}`;
  if (command === '--help') {
    process.stdout.write(`${list}\n`);
    process.exit(0);
  }
  stop(command === '' ? list : `There is no command "${command}". ${list}`, usageError);
}
if (Number(process.versions.node.split('.')[0]) < oldest) {
  stop(`Conext Ads needs Node ${oldest} or later; this is ${process.version}. Install a newer one from nodejs.org.`);
}

// Only now: an older Node could not read these.
const { install } = await import('./launch/install.mjs');
const { pinnedNode } = await import('./launch/installation.mjs');
const { exitCodeOf, runChild } = await import('./launch/child.mjs');
const { sentenceOf } = await import('./launch/sentence.mjs');

try {
  const signal = await install(root, (text) => process.stdout.write(text));
  if (signal !== undefined) {
    stop('Stopped while installing the dependencies; the next command installs them again.', exitCodeOf(signal));
  }
} catch (error) {
  stop(sentenceOf(error));
}

const { code, error } = await runChild(
  pinnedNode(root),
  [join(root, 'scripts', 'commands', `${command.replace(':', '-')}.ts`), ...rest],
  {
    cwd: root,
    env: { ...process.env, PATH: `${join(root, 'node_modules', '.bin')}${delimiter}${process.env.PATH}` },
    // A group of its own: signals go down one way, and whatever a command leaves behind ends with it.
    ownGroup: true,
    // npm may be killed without a word to its children.
    whenParentIsGone: process.env.npm_execpath !== undefined,
  },
);
if (error !== undefined) {
  stop(
    `The pinned Node does not run on this machine (${error.message}): Conext Ads needs Linux x64 with glibc. If this is one, run "npm ci", then try again.`,
  );
}
process.exit(code);
