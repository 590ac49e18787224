import { build } from '../build.ts';
import { announce, orOneSentence } from '../progress.ts';
import { finish, tool } from './finish.ts';

await orOneSentence(build(announce));
await finish(tool('vitest'), ['run', ...process.argv.slice(2)]);
