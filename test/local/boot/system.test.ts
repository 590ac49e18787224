/** The whole system from the synthesized templates; `npm test` builds them first. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningSystem, type StartOptions, startLocal } from '../../../local/boot/start-local.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const home = mkdtempSync(join(tmpdir(), 'conext-system-'));
const steps: string[] = [];
const options = (days: number | undefined): StartOptions => ({
  cdkOut: join(root, 'cdk.out'),
  dashboardFolder: join(root, 'dist', 'dashboard'),
  home,
  portBase: 0,
  simulator: { program: join(root, 'simulator', 'main.ts'), seed: 3, days },
  progress: { step: (text) => steps.push(text), detail: (text) => steps.push(text), done: () => {} },
});

let system: RunningSystem;
beforeAll(async () => {
  system = await startLocal(options(2));
  expect(await system.segments).toEqual([]);
}, 120_000);
afterAll(async () => {
  await system.stop();
  rmSync(home, { recursive: true });
}, 30_000);

async function get(path: string, client = 'automation'): Promise<{ readonly status: number; readonly body: unknown }> {
  const authorization = `Bearer ${await system.token(client)}`;
  const response = await fetch(system.description.apiUrl + path, { headers: { authorization } });
  return { status: response.status, body: await response.json() };
}

function childrenOfThisProcess(): readonly string[] {
  const lines = execFileSync('ps', ['-o', 'args=', '--ppid', String(process.pid)], { encoding: 'utf8' }).split('\n');
  return lines.filter((line) => line.includes(home) || line.includes('simulator/main.ts'));
}

describe('a first start', () => {
  it('has loaded every account of the simulator', async () => {
    const { body } = await get('/v1/pipelines/etl/runs');
    // Objects before it was ready, segments after.
    const succeeded = { status: 'succeeded', accounts: { failed: 0 } };
    expect(body).toMatchObject({ items: [succeeded, succeeded] });
    expect(await get('/v1/accounts')).toMatchObject({
      status: 200,
      body: { items: expect.arrayContaining([expect.objectContaining({ lastError: null })]) },
    });
  });

  it('tells its progress, accounts included', () => {
    expect(steps[0]).toBe('Reading the templates');
    expect(steps).toContain('Loading 2 days from the simulated accounts');
    expect(steps.at(-1)).toMatch(/^(\d+)\/\1$/);
  });

  it('writes how to reach it where only its owner reads it', () => {
    const written: unknown = JSON.parse(readFileSync(join(home, 'local.json'), 'utf8'));
    expect(written).toEqual(system.description);
    expect(Object.keys(system.description).sort()).toEqual(
      [
        'apiUrl',
        'aws',
        'clients',
        'dashboardUrl',
        'issuer',
        'mcpUrl',
        'ready',
        'simulatorUrl',
        'tokenUrl',
        'users',
        'workspaceId',
      ].sort(),
    );
    expect(Object.keys(system.description.users)).toEqual(['owner', 'manager', 'analyst', 'viewer']);
  });

  it('gives a reading client no right to start loads', async () => {
    const authorization = `Bearer ${await system.token('reporting')}`;
    const response = await fetch(`${system.description.apiUrl}/v1/pipelines/etl/runs`, {
      method: 'POST',
      headers: { authorization, 'content-type': 'application/json', 'idempotency-key': 'x' },
      body: '{}',
    });
    expect(response.status).toBe(403);
  });

  it('serves the dashboard with the addresses of this start', async () => {
    const response = await fetch(`${system.description.dashboardUrl}/config.json`);
    expect(await response.json()).toMatchObject({
      apiUrl: system.description.apiUrl,
      issuer: system.description.issuer,
    });
  });

  it('keeps the platform’s credentials where only permitted callers read them', async () => {
    const { endpointUrl, accessKeyId, secretAccessKey } = system.aws;
    const { workspaceId } = system.description;
    expect(workspaceId).toMatch(/^wsp_/);
    const client = (key: string) =>
      new SecretsManagerClient({
        endpoint: endpointUrl,
        region: system.region,
        maxAttempts: 1,
        credentials: { accessKeyId: key, secretAccessKey },
      });
    const read = new GetSecretValueCommand({ SecretId: 'conext/local/connections/nobody' });
    await expect(client('AKIAUNKNOWN').send(read)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    await expect(client(accessKeyId).send(read)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });

  it('is the only one on its home', async () => {
    await expect(startLocal(options(2))).rejects.toThrow('Conext Ads already runs on');
    expect(existsSync(join(home, 'local.json'))).toBe(true);
  });
});

describe('a second start', () => {
  let before: RunningSystem['description'];
  beforeAll(async () => {
    before = system.description;
    await system.stop();
  }, 30_000);

  it('finds nothing running and nothing that claims to run', () => {
    expect(childrenOfThisProcess()).toEqual([]);
    expect(existsSync(join(home, 'local.json'))).toBe(false);
    expect(existsSync(join(home, 'lock'))).toBe(false);
  });

  it('refuses another market', async () => {
    await expect(startLocal(options(5))).rejects.toThrow('was loaded with CONEXT_DAYS=2');
    expect(childrenOfThisProcess()).toEqual([]);
  });

  it('has the same workspace, people, clients and runs, and loads nothing', async () => {
    steps.length = 0;
    system = await startLocal(options(undefined));
    expect(steps.some((step) => step.startsWith('Loading'))).toBe(false);
    const { workspaceId, users, clients } = system.description;
    expect({ workspaceId, users, clients }).toEqual({
      workspaceId: before.workspaceId,
      users: before.users,
      clients: before.clients,
    });
    const { body } = await get('/v1/pipelines/etl/runs');
    expect((body as { items: unknown[] }).items).toHaveLength(2);
  }, 60_000);
});
