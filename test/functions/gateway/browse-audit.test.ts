import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { workspacePk } from '../../../adapters/stores/keys.ts';
import type { WorkspaceStores } from '../../../adapters/stores/stores.ts';
import { Table } from '../../../adapters/stores/table.ts';
import { type AuditAction, auditPage, auditVerification } from '../../../contracts/schemas/audit.ts';
import type { AuditDraft } from '../../../domain/audit/chain.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { installStreaming, isStreaming, ResponseStream } from '../../../local/functions/response-stream.ts';
import { apiEvent, type Call, callApi, lambdaContext } from '../../adapters/http/api-event.ts';
import { type ApiWorld, newWorkspace, startApiWorld } from '../../adapters/http/api-world.ts';

let world: ApiWorld;
let table: Table;
let handler: unknown;
let exporter: (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>;
let mine: WorkspaceStores;
let other: WorkspaceStores;
let folder: string;
const changeId = newId('chg', Date.now());

const draft = (number: number, over: Partial<AuditDraft> = {}): AuditDraft => ({
  at: `2026-11-20T08:00:0${number % 10}.000Z`,
  action: 'operation.applied',
  actor: number % 2 === 0 ? 'anna' : 'berta',
  requestId: `request-${number}`,
  reason: 'Spend, "moved"',
  changeId: number < 3 ? changeId : null,
  operationId: null,
  object: { kind: 'campaign', id: null, platformId: '77', name: '=SUM(A1)' },
  before: { status: 'enabled' },
  after: { status: 'paused' },
  platformRequestId: `platform-${number}`,
  problem: null,
  ...over,
});

beforeAll(async () => {
  world = await startApiWorld();
  vi.stubGlobal('awslambda', undefined);
  installStreaming();
  ({ handler } = await import('../../../functions/gateway/browse-audit/handler.ts'));
  exporter = (await import('../../../functions/gateway/export-audit/handler.ts')).handler as unknown as typeof exporter;
  table = new Table('state');
  folder = await mkdtemp(join(tmpdir(), 'conext-audit-'));
  mine = newWorkspace(world.stores);
  other = newWorkspace(world.stores);
  for (let number = 0; number < 7; number += 1) {
    const action: AuditAction = number === 5 ? 'guardrails.changed' : 'operation.applied';
    expect(await mine.audit.append([draft(number, { action })])).toBe(true);
  }
  await other.audit.append([draft(0)]);
});
afterAll(async () => {
  vi.unstubAllGlobals();
  await rm(folder, { recursive: true, force: true });
  await world.close();
});

const get = (resource: string, query: Record<string, string> = {}, given: Partial<Call> = {}) =>
  callApi(handler, { resource, query, caller: { workspaceId: mine.workspaceId }, ...given });
const list = async (query: Record<string, string> = {}) => {
  const answer = await get('/v1/audit', query);
  expect(answer.status).toBe(200);
  return auditPage.parse(answer.body);
};
const verify = async (query: Record<string, string> = {}, workspaceId = mine.workspaceId) => {
  const answer = await get('/v1/audit/verification', query, { caller: { workspaceId } });
  expect(answer.status).toBe(200);
  return auditVerification.parse(answer.body);
};

describe('the audit trail', () => {
  it('is listed newest first, page by page, of the own workspace alone', async () => {
    const first = await list({ limit: '4' });
    expect(first.items.map(({ sequence }) => sequence)).toEqual([7, 6, 5, 4]);
    const rest = await list({ limit: '4', cursor: first.nextCursor ?? '' });
    expect(rest.items.map(({ sequence }) => sequence)).toEqual([3, 2, 1]);
    expect(rest.nextCursor).toBeNull();
    expect(rest.items.at(-1)).toMatchObject({ actor: 'anna', requestId: 'request-0', platformRequestId: 'platform-0' });
  });

  it('is filtered by change, action, person and time', async () => {
    const sequences = async (query: Record<string, string>) =>
      (await list(query)).items.map(({ sequence }) => sequence);
    expect(await sequences({ changeId })).toEqual([3, 2, 1]);
    expect(await sequences({ changeId, limit: '1' })).toEqual([3]);
    expect(await sequences({ action: 'guardrails.changed' })).toEqual([6]);
    expect(await sequences({ actor: 'berta' })).toEqual([6, 4, 2]);
    expect(await sequences({ from: '2026-11-20T08:00:02.000Z', to: '2026-11-20T08:00:03.000Z' })).toEqual([4, 3]);
    expect(await sequences({ changeId: newId('chg', 1) })).toEqual([]);
  });

  it('is closed to whoever lacks the scope', async () => {
    const answer = await get('/v1/audit', {}, { caller: { workspaceId: mine.workspaceId, scopes: ['metrics.read'] } });
    expect(answer.status).toBe(403);
  });

  it('takes a noted head only whole', async () => {
    expect((await get('/v1/audit/verification', { sequence: '3' })).status).toBe(400);
  });

  it('is a file as JSON lines, whose hashes anybody can follow, and as CSV without formulas', async () => {
    expect(isStreaming(exporter)).toBe(true);
    const lines = (await download({ format: 'jsonl' })).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line).sequence)).toEqual([1, 2, 3, 4, 5, 6, 7]);
    const [header, first] = (await download({ format: 'csv', changeId })).split('\r\n');
    expect(header).toContain('sequence,at,action,actor,reason');
    expect(first).toContain('"Spend, ""moved"""');
    expect(first).toContain("'=SUM(A1)");
  });

  it('is verified from an export alone by the command', async () => {
    const text = await download({ format: 'jsonl' });
    const whole = join(folder, 'whole.jsonl');
    await writeFile(whole, text);
    expect(await command(['--file', whole, '--workspace', mine.workspaceId])).toMatchObject({
      code: 0,
      out: expect.stringContaining('is whole: 7 entries'),
    });
    const altered = join(folder, 'altered.jsonl');
    await writeFile(altered, text.replace('"actor":"berta"', '"actor":"carla"'));
    expect(await command(['--file', altered, '--workspace', mine.workspaceId])).toMatchObject({
      code: 1,
      out: expect.stringContaining('2 altered'),
    });
    expect(await command(['--file', whole, '--workspace', other.workspaceId])).toMatchObject({ code: 1 });
    expect(await command(['--file', whole])).toMatchObject({ code: 2 });
  });

  it('is whole until somebody writes past the API; then it says where', async () => {
    const whole = await verify();
    expect(whole).toMatchObject({ valid: true, entries: 7, faults: [], head: { sequence: 7 } });
    expect((await verify({ sequence: '7', hash: whole.head?.hash ?? '' })).valid).toBe(true);
    const pk = workspacePk(mine.workspaceId);
    const keyOf = (sequence: number) => ({ pk, sk: `AUDIT#${String(sequence).padStart(15, '0')}` });
    const fourth = await table.get(keyOf(4));

    await table.update(keyOf(4), { entry: String(fourth?.entry).replace('paused', 'enabled') });
    expect((await verify()).faults).toMatchObject([{ kind: 'altered', sequence: 4 }]);
    await table.update(keyOf(4), { entry: fourth?.entry });
    expect((await verify()).valid).toBe(true);

    await table.removeMany([keyOf(7)]);
    expect((await verify()).faults).toMatchObject([{ kind: 'missing', sequence: 7 }]);
    await table.removeMany([keyOf(2)]);
    expect((await verify()).faults).toMatchObject([
      { kind: 'missing', sequence: 2 },
      { kind: 'missing', sequence: 7 },
    ]);
    expect((await verify({}, other.workspaceId)).valid).toBe(true);
  });
});

describe('appending', () => {
  it('gives everybody who writes at once a place of their own', async () => {
    const crowded = newWorkspace(world.stores);
    const all = await Promise.all(Array.from({ length: 12 }, (_, number) => crowded.audit.append([draft(number)])));
    expect(all).toEqual(all.map(() => true));
    expect(await crowded.audit.verify()).toMatchObject({ valid: true, entries: 12 });
  });

  it('writes nothing where a condition of what it is about does not hold', async () => {
    const empty = newWorkspace(world.stores);
    const put = { pk: workspacePk(empty.workspaceId), sk: 'THING' };
    expect(await empty.audit.append([draft(0)], [{ put, condition: 'attribute_exists(pk)' }])).toBe(false);
    expect(await empty.audit.verify()).toEqual({ valid: true, entries: 0, head: null, faults: [], faultCount: 0 });
  });
});

async function download(query: Record<string, string>): Promise<string> {
  const chunks: Buffer[] = [];
  const stream: ResponseStream = new ResponseStream('request', (message) => {
    if (message.kind === 'chunk') chunks.push(Buffer.from(message.bytes));
    setImmediate(() => stream.taken());
  });
  const event = apiEvent({ resource: '/v1/audit/export', query, caller: { workspaceId: mine.workspaceId } });
  await exporter(event, stream, lambdaContext());
  const all = Buffer.concat(chunks);
  const end = all.indexOf('\0'.repeat(8));
  expect(JSON.parse(all.subarray(0, end).toString())).toMatchObject({ statusCode: 200 });
  return all.subarray(end + 8).toString();
}

const command = (args: readonly string[]): Promise<{ code: number; out: string }> =>
  new Promise((resolve) => {
    const script = join(import.meta.dirname, '..', '..', '..', 'scripts', 'commands', 'audit-verify.ts');
    execFile(process.execPath, [script, ...args], (error, stdout, stderr) => {
      resolve({ code: typeof error?.code === 'number' ? error.code : 0, out: `${stdout}${stderr}` });
    });
  });
