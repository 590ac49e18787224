import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/ports.ts';
import { retryDelayMs } from '../../../local/step-functions/settle.ts';
import { call, FunctionError, MachineRoom, only, ROLE, START, typesOf } from './machine-room.ts';

const never = () => new Promise<never>(() => {});
const functionArn = 'arn:aws:lambda:eu-central-1:000000000000:function:echo';

describe('a function called by a Task', () => {
  it.each([
    ['echo', '$LATEST'],
    [functionArn, '$LATEST'],
    [`${functionArn}:7`, '7'],
    [`${functionArn}:live`, '$LATEST'],
  ])('answers Payload, StatusCode and ExecutedVersion for %s', async (FunctionName, ExecutedVersion) => {
    await using room = new MachineRoom({ functions: { echo: (payload) => ({ got: payload }) } });
    const Arguments = { FunctionName, Payload: { a: '{% $states.input.a %}' } };
    const finished = await room.run(only({ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Arguments }), {
      a: 1,
    });
    expect(finished.output).toEqual({ ExecutedVersion, Payload: { got: { a: 1 } }, StatusCode: 200 });
    expect(room.invoked).toEqual([{ arn: functionArn, payload: { a: 1 } }]);
    expect(typesOf(finished).slice(1, -1)).toEqual([
      'TaskStateEntered',
      'TaskScheduled',
      'TaskStarted',
      'TaskSucceeded',
      'TaskStateExited',
    ]);
  });

  it('is the plain resource of a Task too, with the payload as result', async () => {
    await using room = new MachineRoom({ functions: { echo: (payload) => payload } });
    const finished = await room.run(only({ Type: 'Task', Resource: functionArn, Arguments: '{% $states.input %}' }), {
      a: 1,
    });
    expect(finished.output).toEqual({ a: 1 });
    expect(typesOf(finished)).toContain('LambdaFunctionSucceeded');
  });

  it('fails with its own error type and a cause in JSON', async () => {
    const broken = () => {
      throw new FunctionError('PlatformError.rate-limited', 'slow down');
    };
    await using room = new MachineRoom({ functions: { broken } });
    const finished = await room.run(only(call('broken')));
    expect(finished.error).toBe('PlatformError.rate-limited');
    expect(JSON.parse(finished.cause ?? '')).toEqual({
      errorType: 'PlatformError.rate-limited',
      errorMessage: 'slow down',
    });
    expect(typesOf(finished)).toContain('TaskFailed');
  });

  it('fails as the Lambda service does when there is no such function', async () => {
    await using room = new MachineRoom();
    expect((await room.run(only(call('missing')))).error).toBe('Lambda.ResourceNotFoundException');
  });

  it('is refused when the role of the machine may not invoke it', async () => {
    const asked: unknown[] = [];
    const authorize = (...need: unknown[]) => {
      asked.push(need);
      throw new AwsError('AccessDeniedException', 'no', 403);
    };
    await using room = new MachineRoom({ functions: { echo: () => 1 }, authorize });
    const finished = await room.run(only(call('echo')));
    expect(finished.error).toBe('Lambda.AWSLambdaException');
    expect(asked[0]).toEqual([ROLE, 'lambda:InvokeFunction', functionArn]);
    expect(room.invoked).toEqual([]);
  });
});

describe('timeouts of a Task', () => {
  it.each([
    ['a number', { TimeoutSeconds: 30 }],
    ['an expression', { TimeoutSeconds: '{% $states.input.limit %}' }],
  ])('ends an attempt with States.Timeout after %s of seconds and aborts the call', async (_, field) => {
    let aborted: AbortSignal | undefined;
    const slow = (_payload: never, { signal }: { signal: AbortSignal | undefined }) => {
      aborted = signal;
      return never();
    };
    await using room = new MachineRoom({ functions: { slow } });
    const finished = await room.run(only(call('slow', field)), { limit: 30 });
    expect(finished).toMatchObject({ status: 'FAILED', error: 'States.Timeout' });
    expect(room.timers.now() - START).toBe(30_000);
    expect(aborted?.aborted).toBe(true);
    expect(typesOf(finished)).toContain('TaskTimedOut');
  });

  it('ends the whole execution as TIMED_OUT after the machine’s TimeoutSeconds, whatever is caught', async () => {
    await using room = new MachineRoom({ functions: { slow: never } });
    const state = call('slow', { Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Only' }] });
    const finished = await room.run({ ...only(state), TimeoutSeconds: 60 });
    expect(finished.status).toBe('TIMED_OUT');
    expect(room.timers.now() - START).toBe(60_000);
    expect(typesOf(finished).at(-1)).toBe('ExecutionTimedOut');
  });
});

describe('a Task that waits for its token', () => {
  const waiting = (more: object = {}) =>
    only({
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken',
      Arguments: { FunctionName: 'ask', Payload: { token: '{% $states.context.Task.Token %}' } },
      ...more,
    });

  it.each([
    [
      'succeeds',
      (room: MachineRoom, token: string) => room.service.engine.tokens.succeed(token, { yes: 1 }),
      { status: 'SUCCEEDED', output: { yes: 1 } },
    ],
    [
      'fails',
      (room: MachineRoom, token: string) => room.service.engine.tokens.fail(token, 'Denied', 'no'),
      { status: 'FAILED', error: 'Denied', cause: 'no' },
    ],
  ])('%s with the answer that comes back', async (_, answer, expected) => {
    const tokens: string[] = [];
    await using room = new MachineRoom({ functions: { ask: ({ token }: { token: string }) => tokens.push(token) } });
    const { executionArn } = room.service.start(await room.define(waiting()), {});
    await room.until(() => room.events(executionArn).some((event) => event.type === 'TaskSubmitted'));
    answer(room, tokens[0] ?? '');
    expect(await room.finish(executionArn)).toMatchObject(expected);
    expect(() => answer(room, tokens[0] ?? '')).toThrow('does not exist anymore');
  });

  it('may have got its token through a queue', async () => {
    const sent: string[] = [];
    await using room = new MachineRoom({ sdk: (_s, _a, { MessageBody }) => void sent.push(String(MessageBody)) });
    const Arguments = { QueueUrl: 'q', MessageBody: { token: '{% $states.context.Task.Token %}' } };
    const state = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', Arguments };
    const { executionArn } = room.service.start(await room.define(only(state)), {});
    await room.until(() => sent.length === 1);
    room.service.engine.tokens.succeed(JSON.parse(sent[0] ?? '').token, 'answered');
    expect((await room.finish(executionArn)).output).toBe('answered');
  });

  it('takes an answer given before the call that carried the token returned', async () => {
    const room = new MachineRoom({
      functions: { ask: ({ token }: { token: string }) => room.service.engine.tokens.succeed(token, 'early') },
    });
    expect((await room.run(waiting())).output).toBe('early');
    await room.service.close();
  });

  it('fails with States.HeartbeatTimeout when no heartbeat comes, counted from the last one', async () => {
    const beat = async ({ token }: { token: string }, { sleep }: { sleep: (ms: number) => Promise<void> }) => {
      for (let beats = 0; beats < 3; beats += 1) {
        await sleep(8_000);
        room.service.engine.tokens.beat(token);
      }
    };
    const room = new MachineRoom({ functions: { ask: beat } });
    const finished = await room.run(waiting({ HeartbeatSeconds: 10, TimeoutSeconds: 1000 }));
    expect(finished.error).toBe('States.HeartbeatTimeout');
    expect(room.timers.now() - START).toBe(34_000);
    await room.service.close();
  });
});

describe('other integrations', () => {
  it('sends a queue message with its body as text, under the role of the machine', async () => {
    await using room = new MachineRoom({ sdk: () => ({ MessageId: 'm' }) });
    const Arguments = { QueueUrl: 'q', MessageBody: { a: '{% $states.input.a %}' } };
    const state = { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage', Arguments };
    expect((await room.run(only(state), { a: 1 })).output).toEqual({ MessageId: 'm' });
    expect(room.calls).toEqual([
      { name: 'sqs:sendMessage', args: { QueueUrl: 'q', MessageBody: '{"a":1}' }, roleArn: ROLE },
    ]);
  });

  it('puts events with their detail as text, naming the execution among the resources', async () => {
    await using room = new MachineRoom({ sdk: () => ({ FailedEntryCount: 0 }) });
    const Arguments = { Entries: [{ Source: 's', DetailType: 't', Detail: { a: 1 } }] };
    const finished = await room.run(only({ Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', Arguments }));
    const machine = 'arn:aws:states:eu-central-1:000000000000:stateMachine:machine';
    const entry = { Source: 's', DetailType: 't', Detail: '{"a":1}', Resources: [finished.arn, machine] };
    expect(room.calls[0]?.args).toEqual({ Entries: [entry] });
  });

  it('fails when an event is not accepted', async () => {
    await using room = new MachineRoom({ sdk: () => ({ FailedEntryCount: 1 }) });
    const state = { Type: 'Task', Resource: 'arn:aws:states:::events:putEvents', Arguments: { Entries: [] } };
    expect((await room.run(only(state))).error).toBe('EventBridge.FailedEntry');
  });

  it.each([
    ['arn:aws:states:::dynamodb:putItem', 'dynamodb:putItem', 'DynamoDB.ConditionalCheckFailedException'],
    ['arn:aws:states:::aws-sdk:dynamodb:putItem', 'dynamodb:putItem', 'DynamoDb.ConditionalCheckFailedException'],
    [
      'arn:aws:states:::aws-sdk:athena:getQueryResults',
      'athena:getQueryResults',
      'Athena.ConditionalCheckFailedException',
    ],
  ])('names the errors of %s', async (Resource, name, error) => {
    const sdk = () => {
      throw new AwsError('ConditionalCheckFailedException', 'exists');
    };
    await using room = new MachineRoom({ sdk });
    expect((await room.run(only({ Type: 'Task', Resource, Arguments: { A: 1 } }))).error).toBe(error);
    expect(room.calls).toEqual([{ name, args: { A: 1 }, roleArn: ROLE }]);
  });

  describe('starting another machine', () => {
    const child = 'arn:aws:states:eu-central-1:000000000000:stateMachine:child';
    const parent = (suffix: string) =>
      only({
        Type: 'Task',
        Resource: `arn:aws:states:::states:startExecution${suffix}`,
        Arguments: { StateMachineArn: child, Input: { n: 1 }, Name: 'one' },
      });

    it.each([
      ['', { ExecutionArn: child.replace('stateMachine', 'execution').concat(':one') }],
      ['.sync', { Status: 'SUCCEEDED', Input: '{"n":1}', Output: '{"n":2}' }],
      ['.sync:2', { Status: 'SUCCEEDED', Input: { n: 1 }, Output: { n: 2 } }],
    ])('answers as startExecution%s does', async (suffix, output) => {
      await using room = new MachineRoom();
      await room.define(only({ Type: 'Wait', Seconds: 5, Output: { n: '{% $states.input.n + 1 %}' } }), 'child');
      expect((await room.run(parent(suffix))).output).toMatchObject(output);
    });

    it('fails with States.TaskFailed when the child fails', async () => {
      await using room = new MachineRoom();
      await room.define({ StartAt: 'F', States: { F: { Type: 'Fail', Error: 'Own', Cause: 'c' } } }, 'child');
      const finished = await room.run(parent('.sync:2'));
      expect(finished.error).toBe('States.TaskFailed');
      expect(JSON.parse(finished.cause ?? '')).toMatchObject({ Status: 'FAILED', Error: 'Own', Cause: 'c' });
    });

    it('stops the child when the parent is stopped', async () => {
      await using room = new MachineRoom();
      await room.define(only({ Type: 'Wait', Seconds: 5_000 }), 'child');
      const { executionArn } = room.service.start(await room.define(parent('.sync')), {});
      const childArn = child.replace('stateMachine', 'execution').concat(':one');
      await room.until(() => room.service.engine.store.get(childArn) !== undefined);
      await room.service.engine.stop(executionArn, 'Enough', 'of it');
      expect(await room.service.engine.closed(executionArn)).toMatchObject({ status: 'ABORTED', error: 'Enough' });
      expect(await room.service.engine.closed(childArn)).toMatchObject({ status: 'ABORTED' });
      expect(room.timers.pending).toBe(0);
    });
  });
});

describe('Retry', () => {
  const failing = (name: string, times = Infinity) => {
    let calls = 0;
    return () => {
      calls += 1;
      if (calls <= times) throw new FunctionError(name);
      return { calls };
    };
  };

  it('waits 1, 2 and 4 seconds by default and then gives up', async () => {
    await using room = new MachineRoom({ functions: { f: failing('Busy') } });
    const finished = await room.run(only(call('f', { Retry: [{ ErrorEquals: ['Busy'] }] })));
    expect(finished).toMatchObject({ status: 'FAILED', error: 'Busy' });
    expect(room.timers.fired).toEqual([1_000, 3_000, 7_000]);
    expect(room.invoked).toHaveLength(4);
  });

  it('tells the state how often it was retried', async () => {
    await using room = new MachineRoom({ functions: { f: failing('Busy', 2) } });
    const state = call('f', { Retry: [{ ErrorEquals: ['Busy'] }], Output: '{% $states.context.State.RetryCount %}' });
    expect((await room.run(only(state))).output).toBe(2);
  });

  it.each([
    ['States.ALL', 'Anything', true],
    ['States.TaskFailed', 'Anything', true],
    ['Anything', 'Anything', true],
    ['anything', 'Anything', false],
    ['States.Timeout', 'Anything', false],
    ['States.ALL', 'States.DataLimitExceeded', false],
    ['States.ALL', 'States.Runtime', false],
    ['States.TaskFailed', 'States.Timeout', false],
    ['States.Timeout', 'States.HeartbeatTimeout', true],
    ['States.Runtime', 'States.Runtime', true],
  ])('%s against %s: retried %s', async (name, error, retried) => {
    await using room = new MachineRoom({ functions: { f: failing(error, 1) } });
    const finished = await room.run(only(call('f', { Retry: [{ ErrorEquals: [name] }] })));
    expect(finished.status).toBe(retried ? 'SUCCEEDED' : 'FAILED');
  });

  it('counts each retrier of its own and takes the first that matches', async () => {
    const errors = ['A', 'B', 'A', 'B', 'A'];
    const f = () => {
      throw new FunctionError(errors.shift() ?? 'End');
    };
    await using room = new MachineRoom({ functions: { f } });
    const Retry = [
      { ErrorEquals: ['A'], MaxAttempts: 2, IntervalSeconds: 1, BackoffRate: 1 },
      { ErrorEquals: ['States.ALL'], MaxAttempts: 9, IntervalSeconds: 10, BackoffRate: 1 },
    ];
    const finished = await room.run(only(call('f', { Retry })));
    expect(finished.error).toBe('A');
    expect(room.timers.fired).toEqual([1_000, 11_000, 12_000, 22_000]);
  });

  it('makes exactly MaxAttempts + 1 attempts at the delays of the formula', async () => {
    const settings = fc.record({
      MaxAttempts: fc.integer({ min: 0, max: 6 }),
      IntervalSeconds: fc.integer({ min: 1, max: 9 }),
      BackoffRate: fc.integer({ min: 1, max: 3 }),
      MaxDelaySeconds: fc.integer({ min: 10, max: 60 }),
    });
    await fc.assert(
      fc.asyncProperty(settings, async (retry) => {
        await using room = new MachineRoom({ functions: { f: failing('Busy') } });
        await room.run(only(call('f', { Retry: [{ ErrorEquals: ['Busy'], ...retry }] })));
        const { IntervalSeconds, BackoffRate, MaxDelaySeconds, MaxAttempts } = retry;
        let at = 0;
        const expected = Array.from({ length: MaxAttempts }, (_, attempt) => {
          at += Math.min(IntervalSeconds * BackoffRate ** attempt, MaxDelaySeconds) * 1000;
          return at;
        });
        expect(room.timers.fired).toEqual(expected);
        expect(room.invoked).toHaveLength(MaxAttempts + 1);
      }),
      { numRuns: 30 },
    );
  });

  it('spreads full jitter from 0 to the delay', () => {
    const retrier = { errorEquals: [], intervalSeconds: 2, maxAttempts: 3, backoffRate: 3, maxDelaySeconds: undefined };
    const delay = (jitter: 'FULL' | 'NONE', random: number) => retryDelayMs({ ...retrier, jitter }, 2, () => random);
    expect([delay('NONE', 0.5), delay('FULL', 0), delay('FULL', 0.5)]).toEqual([18_000, 0, 9_000]);
  });

  it('waits whole milliseconds: the store of wake-up times takes no fractions', () => {
    const retrier = {
      errorEquals: [],
      intervalSeconds: 1,
      maxAttempts: 3,
      backoffRate: 1.7,
      maxDelaySeconds: undefined,
    };
    expect(retryDelayMs({ ...retrier, jitter: 'FULL' }, 1, () => 0.123456)).toBe(210);
    expect(retryDelayMs({ ...retrier, jitter: 'NONE' }, 3, () => 0)).toBe(4_913);
  });
});

describe('Catch', () => {
  const broken = () => {
    throw new FunctionError('Broken', 'why');
  };

  it('goes on with the error output of the first catcher that matches', async () => {
    await using room = new MachineRoom({ functions: { broken } });
    const Catch = [
      { ErrorEquals: ['Other'], Next: 'Wrong' },
      { ErrorEquals: ['Broken'], Next: 'Right' },
      { ErrorEquals: ['States.ALL'], Next: 'Wrong' },
    ];
    const States = {
      T: { ...call('broken', { Catch, Output: 'not this', Assign: { no: 1 } }), Next: 'Wrong' },
      Right: { Type: 'Pass', Output: ['{% $states.input.Error %}', '{% $exists($no) %}'], End: true },
      Wrong: { Type: 'Fail' },
    };
    expect((await room.run({ StartAt: 'T', States })).output).toEqual(['Broken', false]);
  });

  it('evaluates its own Output and Assign with $states.errorOutput', async () => {
    await using room = new MachineRoom({ functions: { broken } });
    const Catch = [
      {
        ErrorEquals: ['States.ALL'],
        Next: 'After',
        Output: { was: '{% $states.input %}', error: '{% $states.errorOutput.Error %}' },
        Assign: { cause: '{% $parse($states.errorOutput.Cause).errorMessage %}' },
      },
    ];
    const States = {
      T: { ...call('broken', { Catch }), Next: 'After' },
      After: { Type: 'Pass', Output: ['{% $states.input %}', '{% $cause %}'], End: true },
    };
    const { output } = await room.run({ StartAt: 'T', States }, { a: 1 });
    expect(output).toEqual([{ was: { a: 1 }, error: 'Broken' }, 'why']);
  });

  it('catches a failing expression of the Task’s Output', async () => {
    await using room = new MachineRoom({ functions: { ok: () => ({}) } });
    const Catch = [{ ErrorEquals: ['States.QueryEvaluationError'], Next: 'After', Output: 'caught' }];
    const States = {
      T: { ...call('ok', { Catch, Output: '{% $states.result.nothing %}' }), Next: 'After' },
      After: { Type: 'Succeed' },
    };
    expect((await room.run({ StartAt: 'T', States })).output).toBe('caught');
  });
});
