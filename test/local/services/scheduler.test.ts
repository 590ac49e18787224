import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as S from '@aws-sdk/client-scheduler';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createScheduler, type SchedulerService } from '../../../local/services/scheduler/scheduler-service.ts';
import { PLACE, type ServedService, serveService } from './serve-service.ts';
import { TargetRecorder } from './target-recorder.ts';

const MACHINE = 'arn:aws:states:eu-central-1:000000000000:stateMachine:etl';
const ROLE = 'arn:aws:iam::000000000000:role/scheduler';
const MINUTE = 60_000;
let dataDir: string;
let now: number;
let targets: TargetRecorder;
let service: SchedulerService;
let served: ServedService;
let client: S.SchedulerClient;

async function start(): Promise<void> {
  service = createScheduler({ ...PLACE, dataDir, clock: () => now, targets });
  served = await serveService(service);
  client = new S.SchedulerClient(served.client);
}
async function stop(): Promise<void> {
  client.destroy();
  await served.close();
  await service.close();
}
beforeEach(async () => {
  now = Date.UTC(2026, 10, 22, 12);
  targets = new TargetRecorder();
  dataDir = mkdtempSync(join(tmpdir(), 'conext-scheduler-'));
  await start();
});
afterEach(async () => {
  await stop();
  rmSync(dataDir, { recursive: true, force: true });
});

function pass(ms: number): void {
  now += ms;
  service.tick();
}

const template = (properties: Record<string, unknown>) => ({
  type: 'AWS::Scheduler::Schedule',
  stack: 'Pipeline',
  logicalId: 'Daily',
  physicalId: 'daily',
  arn: 'arn:aws:scheduler:eu-central-1:000000000000:schedule/default/daily',
  properties: {
    ScheduleExpression: 'rate(5 minutes)',
    FlexibleTimeWindow: { Mode: 'OFF' },
    Target: {
      Arn: MACHINE,
      RoleArn: ROLE,
      Input: '{"at":"<aws.scheduler.scheduled-time>","try":<aws.scheduler.attempt-number>}',
    },
    ...properties,
  },
});

describe('a schedule of a template', () => {
  it('starts its target with the input, at each of its times', async () => {
    await service.provision(template({}));
    pass(4 * MINUTE);
    expect(targets.delivered).toEqual([]);
    pass(MINUTE);
    pass(5 * MINUTE);
    const inputs = (await targets.until(2)).map(({ input }) => input);
    expect(inputs).toEqual([
      { at: '2026-11-22T12:05:00Z', try: 1 },
      { at: '2026-11-22T12:10:00Z', try: 1 },
    ]);
    expect(targets.delivered[0]).toMatchObject({ targetArn: MACHINE, roleArn: ROLE });
  });

  it('fires once for the times it missed', async () => {
    await service.provision(template({}));
    pass(60 * MINUTE);
    service.tick();
    expect(await targets.until(1)).toHaveLength(1);
  });

  it('goes on counting from its first start after a restart', async () => {
    await service.provision(template({}));
    now += 3 * MINUTE;
    await stop();
    await start();
    await service.provision(template({}));
    pass(2 * MINUTE);
    expect((await targets.until(1))[0]?.input).toMatchObject({ at: '2026-11-22T12:05:00Z' });
  });

  it('keeps to its dates and its switch', async () => {
    await service.provision(template({ EndDate: '2026-11-22T12:04:00Z' }));
    pass(10 * MINUTE);
    await service.provision(template({ State: 'DISABLED' }));
    pass(10 * MINUTE);
    await service.provision(template({ StartDate: '2026-11-22T13:00:00Z' }));
    pass(10 * MINUTE);
    expect(targets.attempts).toBe(0);
    pass(60 * MINUTE);
    expect(await targets.until(1)).toHaveLength(1);
  });

  it('is refused for what is not supported', () => {
    expect(service.refuse(template({}))).toBeUndefined();
    expect(service.refuse(template({ Target: { Arn: 'arn:aws:scheduler:::aws-sdk:s3:putObject' } }))).toContain(
      'universal target',
    );
    expect(service.refuse(template({ Target: { Arn: MACHINE, EcsParameters: {} } }))).toContain('EcsParameters');
    expect(service.refuse(template({ ScheduleExpression: 'cron(x)' }))).toContain('cron(x)');
  });
});

describe('the API', () => {
  const create = (Name: string, ScheduleExpression: string, over: Partial<S.CreateScheduleCommandInput> = {}) =>
    client.send(
      new S.CreateScheduleCommand({
        Name,
        ScheduleExpression,
        FlexibleTimeWindow: { Mode: 'OFF' },
        Target: { Arn: MACHINE, RoleArn: ROLE },
        ...over,
      }),
    );

  it('makes schedules that survive a restart, and deletes them', async () => {
    const { ScheduleArn } = await create('one', 'rate(1 hour)');
    await expect(create('one', 'rate(1 hour)')).rejects.toMatchObject({ name: 'ConflictException' });
    await stop();
    await start();
    expect((await client.send(new S.GetScheduleCommand({ Name: 'one' }))).Arn).toBe(ScheduleArn);
    expect((await client.send(new S.ListSchedulesCommand({}))).Schedules?.map(({ Name }) => Name)).toEqual(['one']);
    pass(60 * MINUTE);
    expect((await targets.until(1))[0]?.input).toMatchObject({ source: 'aws.scheduler', resources: [ScheduleArn] });
    await client.send(new S.DeleteScheduleCommand({ Name: 'one' }));
    await expect(client.send(new S.GetScheduleCommand({ Name: 'one' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });

  it('fires at() once, in its time zone, and removes it when asked to', async () => {
    await create('later', 'at(2026-11-22T14:00:00)', {
      ScheduleExpressionTimezone: 'Europe/Berlin',
      ActionAfterCompletion: 'DELETE',
    });
    pass(61 * MINUTE);
    expect(await targets.until(1)).toHaveLength(1);
    expect((await client.send(new S.ListSchedulesCommand({}))).Schedules).toEqual([]);
  });

  it('asks for the permission to pass the role', async () => {
    await create('role', 'rate(1 hour)');
    expect(served.needs.at(-1)).toEqual([
      {
        action: 'scheduler:CreateSchedule',
        resource: 'arn:aws:scheduler:eu-central-1:000000000000:schedule/default/role',
      },
      { action: 'iam:PassRole', resource: ROLE, context: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
    ]);
  });

  it('answers a wrong expression with the reason', async () => {
    await expect(create('bad', 'cron(nonsense)')).rejects.toMatchObject({
      name: 'ValidationException',
      message: expect.stringContaining('six fields'),
    });
  });
});
