import { build, root } from '../build.ts';
import { finish } from './finish.ts';

await build((doing) => process.stdout.write(`${doing} …\n`));
await finish(root, 'vitest', ['run', ...process.argv.slice(2)]);
