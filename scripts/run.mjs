// The one script that runs on whatever Node the machine has: it installs what is missing, then hands over to the Node that
// the lock file pins. Plain JavaScript on purpose.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
};

function stop(sentence) {
  process.stderr.write(`${sentence}\n`);
  process.exit(1);
}

/** Whether every required package of the lock file is installed at its version; npm's own record says so. */
function installed() {
  const record = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(record)) {
    return false;
  }
  const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages;
  const present = packagesOf(record);
  return Object.entries(packagesOf(join(root, 'package-lock.json'))).every(
    ([path, { version, optional }]) => path === '' || optional === true || present[path]?.version === version,
  );
}

function run(file, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { cwd: root, stdio: 'inherit', ...options });
    // Ctrl-C reaches the whole process group; this process only waits for the child to finish its clean-up.
    const forward = (signal) => child.kill(signal);
    process.on('SIGINT', () => {});
    process.on('SIGTERM', forward);
    process.on('SIGHUP', forward);
    child.on('error', (error) => resolve({ code: 1, error }));
    child.on('exit', (code, signal) => resolve({ code: code ?? (signal === 'SIGINT' ? 130 : 1) }));
  });
}

const [command = '', ...rest] = process.argv.slice(2);
if (!Object.hasOwn(commands, command)) {
  const lines = Object.entries(commands).map(([name, does]) => `  npm run ${name.padEnd(10)} ${does}`);
  stop(
    `${command === '' || command === '--help' ? 'Commands:' : `There is no command "${command}". Commands:`}\n${lines.join('\n')}`,
  );
}
if (Number(process.versions.node.split('.')[0]) < oldest) {
  stop(`Conext Ads needs Node ${oldest} or later; this is ${process.version}. Install a newer one from nodejs.org.`);
}

if (!installed()) {
  process.stdout.write('Installing dependencies (once; about a minute) …\n');
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const started = Date.now();
  const { code } = npm === undefined ? await run('npm', args) : await run(process.execPath, [npm, ...args]);
  if (code !== 0) {
    stop(
      'Installing the dependencies failed; the lines above say why. Check the network and the free disk space (1.5 GB), then try again.',
    );
  }
  process.stdout.write(`Installed in ${Math.round((Date.now() - started) / 1000)} s.\n`);
}

const node = join(root, 'node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
if (!existsSync(node)) {
  stop(
    'The pinned Node is missing from node_modules: its install script did not run. Run "npm rebuild node", then try again.',
  );
}
const result = await run(node, [join(root, 'scripts', 'commands', `${command}.ts`), ...rest], {
  env: {
    ...process.env,
    PATH: `${join(root, 'node_modules', '.bin')}${process.platform === 'win32' ? ';' : ':'}${process.env.PATH}`,
  },
});
process.exit(result.code);
