import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { type LocalFunctions, localFunctions } from './local-functions.ts';

let functions: LocalFunctions | undefined;
afterEach(async () => await functions?.close());

it('runs on when the folder it was started from is built anew', async () => {
  functions = localFunctions();
  const arn = await functions.add('steady', 'export const handler = async () => "still here";');
  rmSync(join(functions.folder, 'steady'), { recursive: true });
  expect(await functions.runtime.invoke(arn, {})).toEqual({ ok: true, payload: 'still here' });
});
