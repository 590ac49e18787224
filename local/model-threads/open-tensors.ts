import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import tensors from '@energetic-ai/core';

/** TensorFlow.js on WebAssembly, from files of the package: nothing is fetched. */
export async function openTensors(): Promise<typeof tensors> {
  tensors.setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@energetic-ai/core'))}/`);
  await tensors.setBackend('wasm');
  await tensors.ready();
  return tensors;
}
