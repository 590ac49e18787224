import { buildFirst } from './build-first.ts';
import { finish, tool } from './finish.ts';

await buildFirst();
await finish(tool('vitest'), ['run', ...process.argv.slice(2)]);
