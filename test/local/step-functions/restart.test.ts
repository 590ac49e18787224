import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ExecutionStore } from '../../../local/step-functions/execution-store.ts';
import { measureStepFunctions } from '../../../local/step-functions/measure.ts';
import { MachineRoom, only, START, typesOf } from './machine-room.ts';

let folder: string;
let databaseFile: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'conext-states-'));
  databaseFile = join(folder, 'deep', 'states.sqlite');
});

afterEach(() => rm(folder, { recursive: true, force: true }));

it('keeps closed executions and their history over a restart', async () => {
  let before: Awaited<ReturnType<MachineRoom['run']>>;
  {
    await using room = new MachineRoom({ databaseFile });
    before = await room.run(only({ Type: 'Pass' }), { a: 1 });
  }
  await using room = new MachineRoom({ databaseFile });
  expect(await room.finish(before.arn)).toEqual(before);
});

it('marks what a killed process left running as failed, and says why', async () => {
  const arn = 'arn:aws:states:eu-central-1:000000000000:execution:machine:killed';
  const store = new ExecutionStore(databaseFile, START);
  const nothing = {
    stoppedAt: undefined,
    output: undefined,
    error: undefined,
    cause: undefined,
    mapRunArn: undefined,
    itemCount: undefined,
  };
  const machineArn = 'arn:aws:states:eu-central-1:000000000000:stateMachine:machine';
  store.addEvent({ executionArn: arn, id: 1, json: '{"id":1,"previousEventId":0,"type":"ExecutionStarted"}' });
  store.insert({ arn, machineArn, name: 'killed', status: 'RUNNING', startedAt: START, input: '{}', ...nothing });
  store.saveMapRun('run', arn, { status: 'RUNNING' });
  store.close();
  await using room = new MachineRoom({ databaseFile });
  const finished = await room.finish(arn);
  expect(finished).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
  expect(finished.cause).toContain('do not resume');
  expect(typesOf(finished)).toEqual(['ExecutionStarted', 'ExecutionFailed']);
  expect(JSON.parse(room.service.engine.store.mapRun('run') ?? '')).toMatchObject({ status: 'FAILED' });
});

it('fails what still runs when the runtime closes', async () => {
  let arn: string;
  {
    await using room = new MachineRoom({ databaseFile });
    arn = room.service.start(await room.define(only({ Type: 'Wait', Seconds: 1000 })), {}).executionArn;
  }
  await using room = new MachineRoom({ databaseFile });
  expect(await room.finish(arn)).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
});

it('forgets executions 90 days after they closed', async () => {
  let arn: string;
  {
    await using room = new MachineRoom({ databaseFile });
    arn = (await room.run(only({ Type: 'Pass' }))).arn;
  }
  const day = 86_400_000;
  const kept = new ExecutionStore(databaseFile, START + 89 * day);
  expect(kept.get(arn)?.status).toBe('SUCCEEDED');
  kept.close();
  const forgotten = new ExecutionStore(databaseFile, START + 91 * day);
  expect(forgotten.get(arn)).toBeUndefined();
  expect(forgotten.events(arn, 1, 10, false)).toEqual([]);
  forgotten.close();
});

it('tells of every change of status', async () => {
  const changes: unknown[] = [];
  await using room = new MachineRoom({
    onStatusChange: ({ status, input, output }) => changes.push([status, input, output]),
  });
  await room.run(only({ Type: 'Pass', Output: 1 }), { a: 1 });
  expect(changes).toEqual([
    ['RUNNING', '{"a":1}', undefined],
    ['SUCCEEDED', '{"a":1}', '1'],
  ]);
});

it('measures itself', async () => {
  const measured = await measureStepFunctions({ items: 200, transitions: 500 });
  expect(measured.map.items).toBe(200);
  expect(measured.transitionsPerSecond).toBeGreaterThan(0);
  expect(measured.map.milliseconds).toBeGreaterThan(0);
});
