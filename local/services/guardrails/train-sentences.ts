/** Run by itself after the seed phrases were changed: `node local/services/guardrails/train-sentences.ts`. */
import { mkdir, writeFile } from 'node:fs/promises';
import { openEmbeddings, packClassifier, TRAINED_FILE, trainOnSeedPhrases } from './sentence-model.ts';

await mkdir(new URL('.', TRAINED_FILE), { recursive: true });
await writeFile(TRAINED_FILE, packClassifier(await trainOnSeedPhrases(await openEmbeddings())));
