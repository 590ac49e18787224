import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { afterAll } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'conext-app-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An app whose output goes away with the tests: by itself the CDK leaves a folder behind for each. */
export const openApp = (context: Readonly<Record<string, unknown>> = {}): App =>
  new App({ context, outdir: mkdtempSync(join(folder, 'out-')) });
