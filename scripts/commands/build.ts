import { build } from '../build.ts';
import { announce, orOneSentence } from '../progress.ts';

await orOneSentence(build(announce));
