/** The API as the real SDK client sees it, over HTTP. */
import {
  DescribeExecutionCommand,
  DescribeMapRunCommand,
  DescribeStateMachineCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  type HistoryEvent,
  InvalidExecutionInput,
  ListExecutionsCommand,
  ListMapRunsCommand,
  ListStateMachinesCommand,
  SendTaskFailureCommand,
  SendTaskHeartbeatCommand,
  SendTaskSuccessCommand,
  SFNClient,
  StartExecutionCommand,
  StateMachineDoesNotExist,
  StopExecutionCommand,
  TaskTimedOut,
} from '@aws-sdk/client-sfn';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { realTimers } from '../../../local/step-functions/timers.ts';
import { type ServedService, serveService } from '../services/serve-service.ts';
import { call, MachineRoom, only } from './machine-room.ts';

const child = { StartAt: 'C', States: { C: { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true } } };
const far = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...child };

describe('Step Functions through the SDK', () => {
  let room: MachineRoom;
  let served: ServedService;
  let client: SFNClient;
  let tokens: string[];

  beforeEach(async () => {
    tokens = [];
    const ask = ({ token }: { token: string }) => void tokens.push(token);
    room = new MachineRoom({ functions: { ask, echo: (payload) => payload }, timers: realTimers() });
    served = await serveService(room.service);
    client = new SFNClient(served.client);
  });

  afterEach(async () => {
    client.destroy();
    await served.close();
    await room.service.close();
  });

  const start = async (stateMachineArn: string, input: unknown, name?: string) =>
    client.send(new StartExecutionCommand({ stateMachineArn, input: JSON.stringify(input), ...(name && { name }) }));

  const closed = async (executionArn: string | undefined) => {
    await room.service.closed(executionArn ?? '');
    return client.send(new DescribeExecutionCommand({ executionArn }));
  };

  const waitingTask = only({
    ...call('ask', { HeartbeatSeconds: 60 }),
    Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
    Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
    Output: '{% $states.result %}',
  });

  it('starts an execution and describes it', async () => {
    const machine = await room.define(only(call('echo')));
    const { executionArn, startDate } = await start(machine, { a: 1 }, 'first');
    expect(startDate).toBeInstanceOf(Date);
    expect(await closed(executionArn)).toMatchObject({
      executionArn: machine.replace('stateMachine', 'execution').concat(':first'),
      stateMachineArn: machine,
      name: 'first',
      status: 'SUCCEEDED',
      input: '{"a":1}',
      output: '{"a":1}',
      startDate,
      stopDate: expect.any(Date),
    });
    expect(served.needs).toEqual([
      [{ action: 'states:StartExecution', resource: machine }],
      [{ action: 'states:DescribeExecution', resource: executionArn }],
    ]);
  });

  it('answers a repeated start with the running execution, and refuses the name otherwise', async () => {
    const machine = await room.define(waitingTask);
    const first = await start(machine, { a: 1 }, 'same');
    expect(await start(machine, { a: 1 }, 'same')).toMatchObject({
      executionArn: first.executionArn,
      startDate: first.startDate,
    });
    await expect(start(machine, { a: 2 }, 'same')).rejects.toThrow(ExecutionAlreadyExists);
    await client.send(new StopExecutionCommand({ executionArn: first.executionArn }));
    await expect(start(machine, { a: 1 }, 'same')).rejects.toThrow(ExecutionAlreadyExists);
  });

  it('names its errors so that the SDK knows them', async () => {
    const machine = await room.define(only(call('echo')));
    await expect(start(`${machine}-not`, {})).rejects.toThrow(StateMachineDoesNotExist);
    const broken = new StartExecutionCommand({ stateMachineArn: machine, input: '{' });
    await expect(client.send(broken)).rejects.toThrow(InvalidExecutionInput);
    const missing = new DescribeExecutionCommand({
      executionArn: `${machine.replace('stateMachine', 'execution')}:none`,
    });
    await expect(client.send(missing)).rejects.toThrow(ExecutionDoesNotExist);
  });

  it('pages through the history in both directions', async () => {
    const { executionArn } = await start(await room.define(only(call('echo'))), { a: 1 });
    await room.service.closed(executionArn ?? '');
    const read = async (reverseOrder: boolean) => {
      const events: HistoryEvent[] = [];
      let nextToken: string | undefined;
      do {
        const page = await client.send(
          new GetExecutionHistoryCommand({ executionArn, maxResults: 3, nextToken, reverseOrder }),
        );
        expect(page.events?.length).toBeLessThanOrEqual(3);
        events.push(...(page.events ?? []));
        nextToken = page.nextToken;
      } while (nextToken !== undefined);
      return events;
    };
    const events = await read(false);
    expect(events.map(({ id, type }) => [id, type])).toEqual([
      [1, 'ExecutionStarted'],
      [2, 'TaskStateEntered'],
      [3, 'TaskScheduled'],
      [4, 'TaskStarted'],
      [5, 'TaskSucceeded'],
      [6, 'TaskStateExited'],
      [7, 'ExecutionSucceeded'],
    ]);
    expect(events[1]).toMatchObject({
      previousEventId: 1,
      timestamp: expect.any(Date),
      stateEnteredEventDetails: { name: 'Only', input: '{"a":1}' },
    });
    expect(await read(true)).toEqual(events.toReversed());
  });

  it('leaves data out of the history when asked to', async () => {
    const { executionArn } = await start(await room.define(only(call('echo'))), { a: 1 });
    await room.service.closed(executionArn ?? '');
    const { events } = await client.send(new GetExecutionHistoryCommand({ executionArn, includeExecutionData: false }));
    expect(JSON.stringify(events)).not.toContain('\\"a\\"');
    expect(events?.[1]?.stateEnteredEventDetails).toEqual({ name: 'Only' });
  });

  it('stops an execution in the middle of a wait', async () => {
    const { executionArn } = await start(await room.define(only({ Type: 'Wait', Seconds: 86_400 })), {});
    const { stopDate } = await client.send(new StopExecutionCommand({ executionArn, error: 'Enough', cause: 'of it' }));
    expect(await closed(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Enough', cause: 'of it', stopDate });
  });

  it('takes heartbeats, success and failure for a task token', async () => {
    const machine = await room.define(waitingTask);
    const good = await start(machine, {});
    await room.until(() => tokens.length === 1);
    const [taskToken] = tokens;
    await client.send(new SendTaskHeartbeatCommand({ taskToken }));
    expect(served.needs.at(-1)).toEqual([{ action: 'states:SendTaskHeartbeat', resource: machine }]);
    await client.send(new SendTaskSuccessCommand({ taskToken, output: '{"ok":true}' }));
    expect(await closed(good.executionArn)).toMatchObject({ status: 'SUCCEEDED', output: '{"ok":true}' });
    await expect(client.send(new SendTaskHeartbeatCommand({ taskToken }))).rejects.toThrow(TaskTimedOut);
    const bad = await start(machine, {});
    await room.until(() => tokens.length === 2);
    await client.send(new SendTaskFailureCommand({ taskToken: tokens[1], error: 'Denied', cause: 'no' }));
    expect(await closed(bad.executionArn)).toMatchObject({ status: 'FAILED', error: 'Denied', cause: 'no' });
  });

  it('lists executions newest first, by status, page by page', async () => {
    const stateMachineArn = await room.define({ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'E' } } });
    for (const name of ['a', 'b', 'c']) await closed((await start(stateMachineArn, {}, name)).executionArn);
    const first = await client.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 2 }));
    expect(first.executions?.map(({ name, status }) => [name, status])).toEqual([
      ['c', 'FAILED'],
      ['b', 'FAILED'],
    ]);
    const second = await client.send(
      new ListExecutionsCommand({ stateMachineArn, maxResults: 2, nextToken: first.nextToken }),
    );
    expect(second.executions?.map(({ name }) => name)).toEqual(['a']);
    expect(second.nextToken).toBeUndefined();
    const running = await client.send(new ListExecutionsCommand({ stateMachineArn, statusFilter: 'RUNNING' }));
    expect(running.executions).toEqual([]);
  });

  it('lists and describes map runs and their children', async () => {
    const machine = await room.define(only({ Type: 'Map', Items: [1, 2], MaxConcurrency: 1, ItemProcessor: far }));
    const { executionArn } = await start(machine, {});
    await room.service.closed(executionArn ?? '');
    const { mapRuns } = await client.send(new ListMapRunsCommand({ executionArn }));
    expect(mapRuns).toMatchObject([{ executionArn, stateMachineArn: machine, stopDate: expect.any(Date) }]);
    const mapRunArn = mapRuns?.[0]?.mapRunArn;
    expect(await client.send(new DescribeMapRunCommand({ mapRunArn }))).toMatchObject({
      status: 'SUCCEEDED',
      maxConcurrency: 1,
      itemCounts: { total: 2, succeeded: 2 },
      executionCounts: { total: 2, succeeded: 2 },
    });
    const { executions } = await client.send(new ListExecutionsCommand({ mapRunArn }));
    expect(executions).toMatchObject([
      { mapRunArn, status: 'SUCCEEDED', itemCount: 1 },
      { mapRunArn, status: 'SUCCEEDED', itemCount: 1 },
    ]);
    const [last] = executions ?? [];
    expect(await client.send(new DescribeExecutionCommand({ executionArn: last?.executionArn }))).toMatchObject({
      input: '2',
      output: '4',
    });
    const history = new GetExecutionHistoryCommand({ executionArn: last?.executionArn });
    await expect(client.send(history)).rejects.toThrow('history of a distributed Map');
  });

  it('lists and describes machines', async () => {
    const definition = only({ Type: 'Pass' });
    const arn = await room.define(definition, 'b');
    await room.define(definition, 'a');
    const { stateMachines } = await client.send(new ListStateMachinesCommand({}));
    expect(stateMachines?.map(({ name, type }) => [name, type])).toEqual([
      ['a', 'STANDARD'],
      ['b', 'STANDARD'],
    ]);
    const described = await client.send(new DescribeStateMachineCommand({ stateMachineArn: arn }));
    expect(described).toMatchObject({ name: 'b', status: 'ACTIVE', roleArn: 'arn:aws:iam::000000000000:role/machine' });
    expect(JSON.parse(described.definition ?? '')).toEqual({ QueryLanguage: 'JSONata', ...definition });
  });
});
