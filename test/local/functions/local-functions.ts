/** A function runtime over small handlers written into a temporary folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { openCredentialBook } from '../../../local/endpoint/credentials.ts';
import { createFunctionRuntime, type FunctionRuntime } from '../../../local/functions/function-runtime.ts';
import type { ResolvedResource } from '../../../local/ports.ts';

export interface LocalFunctions {
  readonly runtime: FunctionRuntime;
  readonly folder: string;
  readonly logsFolder: string;
  /** Adds a function whose module is `source`; gives its ARN. */
  add(name: string, source: string, properties?: Readonly<Record<string, unknown>>): Promise<string>;
  close(): Promise<void>;
}

export function localFunctions(options: { readonly idleMs?: number } = {}): LocalFunctions {
  const folder = mkdtempSync(join(tmpdir(), 'conext-functions-'));
  const logsFolder = join(folder, 'logs');
  const runtime = createFunctionRuntime({
    region: 'eu-central-1',
    accountId: '000000000000',
    logsFolder,
    codeFolder: join(folder, 'kept'),
    endpointUrl: 'http://127.0.0.1:9',
    credentials: openCredentialBook(join(folder, 'seed')),
    ...options,
  });
  return {
    runtime,
    folder,
    logsFolder,
    add: async (name, source, properties = {}) => {
      const resource = functionResource(folder, name, source, properties);
      await runtime.provision(resource);
      return resource.arn;
    },
    close: async () => {
      await runtime.close();
      rmSync(folder, { recursive: true });
    },
  };
}

export function functionResource(
  folder: string,
  name: string,
  source: string,
  properties: Readonly<Record<string, unknown>> = {},
): ResolvedResource {
  const code = join(folder, name);
  mkdirSync(code, { recursive: true });
  writeFileSync(join(code, 'index.mjs'), source);
  return {
    type: 'AWS::Lambda::Function',
    stack: 'Test',
    logicalId: name,
    physicalId: name,
    arn: `arn:aws:lambda:eu-central-1:000000000000:function:${name}`,
    properties: {
      Code: { Folder: code },
      Handler: 'index.handler',
      Runtime: 'nodejs24.x',
      Role: `arn:aws:iam::000000000000:role/${name}`,
      ...properties,
    },
  };
}

/** Waits for a condition for as long as a busy machine may need. */
export const soon = <T>(value: () => T | Promise<T>) => expect.poll(value, { timeout: 15_000, interval: 20 });
