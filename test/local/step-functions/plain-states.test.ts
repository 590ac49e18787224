import { describe, expect, it } from 'vitest';
import { MachineRoom, only, START, typesOf } from './machine-room.ts';

const end = { Type: 'Succeed' };

describe('Pass', () => {
  it('hands its input on when it has no Output', async () => {
    await using room = new MachineRoom();
    expect(await room.run(only({ Type: 'Pass' }), { a: [1] })).toMatchObject({
      status: 'SUCCEEDED',
      output: { a: [1] },
    });
  });

  it('evaluates expressions anywhere inside Output and leaves other strings alone', async () => {
    await using room = new MachineRoom();
    const Output = {
      sum: '{% $sum($states.input.n) %}',
      list: ['{% $states.input.n[0] %}', 'as {% is %} '],
      flag: true,
    };
    const { output } = await room.run(only({ Type: 'Pass', Output }), { n: [1, 2] });
    expect(output).toEqual({ sum: 3, list: [1, 'as {% is %} '], flag: true });
  });

  it.each([
    ['nothing', '{% $states.input.missing %}'],
    ['a function', '{% function($x) { $x } %}'],
    ['an error of JSONata', "{% 'a' + 1 %}"],
    ['an endless loop', '{% ($f := function($x) { $f($x + 1) }; $f(1)) %}'],
    ['an endless recursion', '{% ($f := function($x) { 1 + $f($x + 1) }; $f(1)) %}'],
  ])('fails with States.QueryEvaluationError on an expression that gives %s', async (_, Output) => {
    await using room = new MachineRoom();
    const finished = await room.run(only({ Type: 'Pass', Output }));
    expect(finished).toMatchObject({ status: 'FAILED', error: 'States.QueryEvaluationError' });
    expect(typesOf(finished)).toContain('EvaluationFailed');
  });

  it('keeps an array of one element an array when a later expression reads it', async () => {
    await using room = new MachineRoom();
    const States = {
      A: {
        Type: 'Pass',
        Output: { list: '{% $states.input.list[$ > 1] ~> $append([]) ~> function($x) { [$x] } %}' },
        Next: 'B',
      },
      B: { Type: 'Pass', Output: '{% $states.input.list %}', End: true },
    };
    expect((await room.run({ StartAt: 'A', States }, { list: [1, 2] })).output).toEqual([2]);
  });

  it('tells the context of the execution, the machine and the state', async () => {
    await using room = new MachineRoom();
    const finished = await room.run(only({ Type: 'Pass', Output: '{% $states.context %}' }), { a: 1 });
    expect(finished.output).toEqual({
      Execution: {
        Id: finished.arn,
        Input: { a: 1 },
        Name: finished.arn.split(':').at(-1),
        RoleArn: 'arn:aws:iam::000000000000:role/machine',
        StartTime: '2026-11-01T06:00:00.000Z',
        RedriveCount: 0,
      },
      StateMachine: {
        Id: finished.arn.replace(':execution:', ':stateMachine:').replace(/:[^:]*$/, ''),
        Name: 'machine',
      },
      State: { EnteredTime: '2026-11-01T06:00:00.000Z', Name: 'Only', RetryCount: 0 },
    });
  });

  it('fails with States.DataLimitExceeded beyond 256 KiB', async () => {
    await using room = new MachineRoom();
    const Output = "{% $join($map([1..262143], function() { 'a' })) %}";
    expect((await room.run(only({ Type: 'Pass', Output }))).error).toBe('States.DataLimitExceeded');
    const fits = "{% $pad('', 262142, 'a') %}";
    expect((await room.run(only({ Type: 'Pass', Output: fits }))).status).toBe('SUCCEEDED');
  });
});

describe('Choice', () => {
  const machine = (more: object = {}) => ({
    StartAt: 'Choose',
    States: {
      Choose: {
        Type: 'Choice',
        Choices: [
          { Condition: '{% $states.input.n > 10 %}', Next: 'Many', Output: 'rule output', Assign: { size: 'many' } },
          { Condition: '{% $states.input.n > 5 %}', Next: 'Some' },
        ],
        Output: 'default output',
        Assign: { size: 'few' },
        ...more,
      },
      Many: { Type: 'Pass', Output: ['Many', '{% $states.input %}', '{% $size %}'], End: true },
      Some: { Type: 'Pass', Output: ['Some', '{% $states.input %}'], End: true },
      ...('Default' in more
        ? { Few: { Type: 'Pass', Output: ['Few', '{% $states.input %}', '{% $size %}'], End: true } }
        : {}),
    },
  });

  it.each([
    [11, ['Many', 'rule output', 'many']],
    [6, ['Some', { n: 6 }]],
    [5, ['Few', 'default output', 'few']],
  ])('takes the first rule that holds, else Default with the state’s own Output and Assign: %s', async (n, output) => {
    await using room = new MachineRoom();
    expect((await room.run(machine({ Default: 'Few' }), { n })).output).toEqual(output);
  });

  it('fails with States.NoChoiceMatched when no rule holds and there is no Default', async () => {
    await using room = new MachineRoom();
    expect(await room.run(machine(), { n: 1 })).toMatchObject({ status: 'FAILED', error: 'States.NoChoiceMatched' });
  });

  it('fails when a condition is not true or false', async () => {
    await using room = new MachineRoom();
    const Choices = [
      { Condition: '{% $states.input.n %}', Next: 'Many' },
      { Condition: true, Next: 'Some' },
    ];
    expect((await room.run(machine({ Choices }), { n: 1 })).error).toBe('States.QueryEvaluationError');
  });
});

describe('Wait', () => {
  it.each([
    ['a number of seconds', { Seconds: 90 }, 90_000],
    ['an expression of seconds', { Seconds: '{% $states.input.s * 2 %}' }, 60_000],
    ['a timestamp', { Timestamp: '2026-11-01T06:00:05Z' }, 5_000],
    ['a timestamp with an offset', { Timestamp: '2026-11-01T08:00:07+02:00' }, 7_000],
    ['a timestamp that is over', { Timestamp: '{% $states.input.past %}' }, 0],
  ])('waits for %s', async (_, field, ms) => {
    await using room = new MachineRoom();
    const input = { s: 30, past: '2026-01-01T00:00:00Z' };
    expect(await room.run(only({ Type: 'Wait', ...field }), input)).toMatchObject({
      status: 'SUCCEEDED',
      output: input,
    });
    expect(room.timers.now() - START).toBe(ms);
  });

  it.each([{ Seconds: "{% 'soon' %}" }, { Seconds: '{% -1 %}' }, { Timestamp: "{% 'tomorrow' %}" }])(
    'fails on %o',
    async (field) => {
      await using room = new MachineRoom();
      expect((await room.run(only({ Type: 'Wait', ...field }))).error).toBe('States.QueryEvaluationError');
    },
  );
});

describe('Succeed and Fail', () => {
  it('ends with the output of Succeed', async () => {
    await using room = new MachineRoom();
    const States = { Only: { ...end, Output: { done: '{% $states.input.a %}' } } };
    expect(await room.run({ StartAt: 'Only', States }, { a: 1 })).toMatchObject({
      status: 'SUCCEEDED',
      output: { done: 1 },
    });
  });

  it('fails with an evaluated error and cause', async () => {
    await using room = new MachineRoom();
    const States = { Only: { Type: 'Fail', Error: 'TooLate', Cause: "{% 'by ' & $string($states.input.h) & ' h' %}" } };
    const finished = await room.run({ StartAt: 'Only', States }, { h: 2 });
    expect(finished).toMatchObject({ status: 'FAILED', error: 'TooLate', cause: 'by 2 h' });
    expect(typesOf(finished)).toEqual(['ExecutionStarted', 'FailStateEntered', 'ExecutionFailed']);
  });
});

describe('Parallel', () => {
  const branch = (state: object) => ({ StartAt: Object.keys(state)[0], States: state });

  it('gives every branch the same Arguments and answers in branch order', async () => {
    await using room = new MachineRoom();
    const finished = await room.run(
      only({
        Type: 'Parallel',
        Arguments: { n: '{% $states.input.n + 1 %}' },
        Branches: [
          branch({ Slow: { Type: 'Wait', Seconds: 5, Output: ['slow', '{% $states.input.n %}'], End: true } }),
          branch({ Fast: { Type: 'Pass', Output: ['fast', '{% $states.input.n %}'], End: true } }),
        ],
      }),
      { n: 1 },
    );
    expect(finished.output).toEqual([
      ['slow', 2],
      ['fast', 2],
    ]);
    expect(typesOf(finished)).toEqual(expect.arrayContaining(['ParallelStateStarted', 'ParallelStateSucceeded']));
  });

  it('gives up the other branches when one fails, and can catch that', async () => {
    await using room = new MachineRoom();
    const Branches = [
      branch({ Forever: { Type: 'Wait', Seconds: 99_999_999, End: true } }),
      branch({ Break: { Type: 'Fail', Error: 'Broken', Cause: 'why' } }),
    ];
    const Catch = [{ ErrorEquals: ['Broken'], Next: 'After' }];
    const States = { P: { Type: 'Parallel', Branches, Catch, Next: 'After' }, After: end };
    const finished = await room.run({ StartAt: 'P', States });
    expect(finished).toMatchObject({ status: 'SUCCEEDED', output: { Error: 'Broken', Cause: 'why' } });
    expect(room.timers.now()).toBe(START);
    expect(room.timers.pending).toBe(0);
  });
});

describe('variables', () => {
  const machine = (states: Record<string, object>) => ({ StartAt: Object.keys(states)[0], States: states });

  it('assigns from the values before the state, so two variables can be swapped', async () => {
    await using room = new MachineRoom();
    const finished = await room.run(
      machine({
        A: { Type: 'Pass', Assign: { x: 1, y: 2 }, Next: 'B' },
        B: { Type: 'Pass', Assign: { x: '{% $y %}', y: '{% $x %}' }, Output: '{% $x %}', Next: 'C' },
        C: { Type: 'Pass', Output: ['{% $states.input %}', '{% $x %}', '{% $y %}'], End: true },
      }),
    );
    expect(finished.output).toEqual([1, 2, 1]);
  });

  it('lets branches read outer variables and keeps their own inside', async () => {
    await using room = new MachineRoom();
    const inner = (name: string) => ({
      StartAt: `${name}1`,
      States: {
        [`${name}1`]: { Type: 'Pass', Assign: { own: `{% $outer & '${name}' %}` }, Next: `${name}2` },
        [`${name}2`]: { Type: 'Pass', Output: '{% $own %}', End: true },
      },
    });
    const finished = await room.run(
      machine({
        A: { Type: 'Pass', Assign: { outer: 'o' }, Next: 'P' },
        P: { Type: 'Parallel', Branches: [inner('a'), inner('b')], Next: 'Z' },
        Z: { Type: 'Pass', Output: ['{% $states.input %}', '{% $exists($own) %}'], End: true },
      }),
    );
    expect(finished.output).toEqual([['oa', 'ob'], false]);
  });

  it('shows what was assigned in the history', async () => {
    await using room = new MachineRoom();
    const finished = await room.run(only({ Type: 'Pass', Assign: { x: { y: 1 } } }));
    expect(finished.events.find((event) => event.type === 'PassStateExited')).toMatchObject({
      stateExitedEventDetails: { name: 'Only', output: '{}', assignedVariables: { x: '{"y":1}' } },
    });
  });
});

describe('a long run of states that never wait', () => {
  it('leaves turns to everything else, so it can be stopped', async () => {
    await using room = new MachineRoom();
    const States = {
      Set: { Type: 'Pass', Assign: { n: 0 }, Next: 'Step' },
      Step: { Type: 'Pass', Assign: { n: '{% $n + 1 %}' }, Next: 'Step' },
    };
    const { executionArn } = room.service.start(await room.define({ StartAt: 'Set', States }), {});
    await room.until(() => room.service.engine.transitions > 100);
    await room.service.engine.stop(executionArn, undefined, 'enough');
    expect(await room.finish(executionArn)).toMatchObject({ status: 'ABORTED', cause: 'enough' });
    expect(room.service.engine.transitions).toBeLessThan(12_000);
  });
});
