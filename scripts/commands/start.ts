import { join } from 'node:path';
import { root } from '../build.ts';
import { buildFirst } from './build-first.ts';
import { finish } from './finish.ts';

const help = `Runs the whole system on this machine: npm start

  CONEXT_PORT_BASE   first of eight ports (4600)
  CONEXT_HOME        where it keeps its data (.conext); deleting the folder is a reset
  CONEXT_SIM_SEED    seed of the simulated ad platforms
  CONEXT_DAYS        days of history they hold (90)
`;

if (process.argv.includes('--help')) {
  process.stdout.write(help);
  process.exit(0);
}
if (process.argv.length > 2) {
  process.stderr.write(`npm start takes no arguments; it was given ${process.argv.slice(2).join(' ')}.\n\n${help}`);
  process.exit(2);
}
await buildFirst();
await finish(process.execPath, [join(root, 'local', 'main.ts')]);
