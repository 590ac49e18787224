/** `.conext/local.json`: how to reach the running system, for tests, examples and tools. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { DemoRole } from './home-state.ts';
import type { DemoUser, MachineClient } from './seed.ts';

export interface LocalDescription {
  /** Present and true only while everything runs. */
  readonly ready: true;
  readonly apiUrl: string;
  readonly dashboardUrl: string;
  readonly mcpUrl: string;
  readonly issuer: string;
  readonly tokenUrl: string;
  readonly clients: Readonly<Record<string, MachineClient>>;
  readonly users: Readonly<Record<DemoRole, DemoUser>>;
  readonly workspaceId: string;
  /** The simulator's control interface: its clock and its faults. */
  readonly simulatorUrl: string;
  /** For operators' tools: the AWS endpoint with keys that may do everything, and where the stream's dead letters lie. */
  readonly aws: {
    readonly endpointUrl: string;
    readonly region: string;
    readonly accessKeyId: string;
    readonly secretAccessKey: string;
    readonly deadLettersUrl: string;
    readonly schemaRegistry: string;
  };
}

/** It holds passwords and secrets of a toy system, and still only its owner reads it. */
export function writeLocalJson(home: string, description: LocalDescription): void {
  const path = join(home, 'local.json');
  const unfinished = `${path}.writing`;
  writeFileSync(unfinished, `${JSON.stringify(description, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(unfinished, path);
}

/** Nobody may take a stopped system for a running one. */
export function removeLocalJson(home: string): void {
  rmSync(join(home, 'local.json'), { force: true });
}
