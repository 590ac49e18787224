import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RoomSettings } from './machine-room.ts';
import { call, FunctionError, MachineRoom, only, START, typesOf } from './machine-room.ts';

const double = {
  StartAt: 'Double',
  States: { Double: { Type: 'Pass', Output: '{% $states.input * 2 %}', End: true } },
};
const processor = (state: object) => ({ StartAt: 'Item', States: { Item: { End: true, ...state } } });
const map = (more: object, itemProcessor: object = double) =>
  only({ Type: 'Map', ItemProcessor: itemProcessor, ...more });
const distributed = (more: object, itemProcessor: object = double) =>
  map(more, { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, ...itemProcessor });

/** Fails for the items it is told to. */
const failsFor = (...bad: number[]): NonNullable<RoomSettings['functions']> => ({
  f: (n: number) => {
    if (bad.includes(n)) throw new FunctionError('Bad', `item ${n}`);
    return n;
  },
});

describe('Map', () => {
  it('answers in item order under any concurrency and any duration of the items', async () => {
    const items = fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(items, fc.integer({ min: 0, max: 45 }), fc.boolean(), async (durations, MaxConcurrency, far) => {
        const slow = async (s: number, { sleep }: { sleep: (ms: number) => Promise<void> }) => {
          await sleep(s * 1000);
          return s;
        };
        await using room = new MachineRoom({ functions: { slow } });
        const machine = (far ? distributed : map)({ MaxConcurrency }, processor(call('slow')));
        expect((await room.run(machine, durations)).output).toEqual(durations);
      }),
      { numRuns: 25 },
    );
  });

  it('never runs more items at once than MaxConcurrency', async () => {
    let [now, most] = [0, 0];
    const slow = async (_: never, { sleep }: { sleep: (ms: number) => Promise<void> }) => {
      now += 1;
      most = Math.max(most, now);
      await sleep(1000);
      now -= 1;
      return null;
    };
    await using room = new MachineRoom({ functions: { slow } });
    await room.run(
      map({ Items: '{% [1..10] %}', MaxConcurrency: '{% $states.input.most %}' }, processor(call('slow'))),
      { most: 3 },
    );
    expect(most).toBe(3);
    expect(room.timers.now() - START).toBe(4_000);
  });

  it('gives the selector the item, its index, the input and the variables', async () => {
    await using room = new MachineRoom();
    const ItemSelector = {
      item: '{% $states.context.Map.Item.Value %}',
      at: '{% $states.context.Map.Item.Index %}',
      all: '{% $count($states.input) %}',
      v: '{% $v %}',
    };
    const States = {
      Set: { Type: 'Pass', Assign: { v: 'x' }, Next: 'M' },
      M: { Type: 'Map', ItemSelector, ItemProcessor: processor({ Type: 'Pass' }), End: true },
    };
    const { output } = await room.run({ StartAt: 'Set', States }, ['a', 'b']);
    expect(output).toEqual([
      { item: 'a', at: 0, all: 2, v: 'x' },
      { item: 'b', at: 1, all: 2, v: 'x' },
    ]);
  });

  it('fails with the error of the first failing item and gives up the rest', async () => {
    await using room = new MachineRoom({ functions: failsFor(2) });
    const finished = await room.run(map({ Items: [1, 2, 3, 4], MaxConcurrency: 1 }, processor(call('f'))));
    expect(finished).toMatchObject({ status: 'FAILED', error: 'Bad' });
    expect(room.invoked).toHaveLength(2);
    expect(typesOf(finished)).toEqual(expect.arrayContaining(['MapIterationFailed', 'MapStateFailed']));
  });

  it('fails when the items are no array', async () => {
    await using room = new MachineRoom();
    expect((await room.run(map({ Items: "{% 'text' %}" }))).error).toBe('States.QueryEvaluationError');
  });

  it('fails an execution that would have more than 25,000 events', async () => {
    await using room = new MachineRoom();
    const finished = await room.run(map({ Items: '{% [1..10000] %}' }));
    expect(finished).toMatchObject({ status: 'FAILED', error: 'States.Runtime' });
    expect(finished.cause).toContain('maximum number of history events');
    expect(finished.events).toHaveLength(25_000);
    expect(finished.events.at(-1)?.type).toBe('ExecutionFailed');
  });
});

describe('distributed Map', () => {
  it('records each item as a child execution under a map run', async () => {
    await using room = new MachineRoom();
    const finished = await room.run(distributed({ Items: [1, 2, 3], Label: 'Accounts' }));
    expect(finished.output).toEqual([2, 4, 6]);
    expect(typesOf(finished)).toEqual([
      'ExecutionStarted',
      'MapStateEntered',
      'MapStateStarted',
      'MapRunStarted',
      'MapRunSucceeded',
      'MapStateSucceeded',
      'MapStateExited',
      'ExecutionSucceeded',
    ]);
    const { store } = room.service.engine;
    const run = JSON.parse(store.mapRuns(finished.arn, 0, 10)[0]?.json ?? '');
    expect(run).toMatchObject({ status: 'SUCCEEDED', itemCounts: { total: 3, succeeded: 3, pending: 0, running: 0 } });
    expect(run.mapRunArn).toMatch(/^arn:aws:states:eu-central-1:000000000000:mapRun:machine\/Accounts:[0-9a-f-]{36}$/);
    const children = store.list({ mapRunArn: run.mapRunArn, limit: 10 }).map(({ record }) => record);
    expect(children.map(({ input, output, status }) => [input, output, status])).toEqual([
      ['3', '6', 'SUCCEEDED'],
      ['2', '4', 'SUCCEEDED'],
      ['1', '2', 'SUCCEEDED'],
    ]);
  });

  it.each([
    ['nothing tolerated', {}, [3], 'FAILED', undefined],
    ['a count that suffices', { ToleratedFailureCount: 2 }, [3, 4], 'SUCCEEDED', [1, 2, 5]],
    ['a count that does not', { ToleratedFailureCount: 1 }, [3, 4], 'FAILED', undefined],
    ['a percentage that suffices', { ToleratedFailurePercentage: 40 }, [3, 4], 'SUCCEEDED', [1, 2, 5]],
    ['a percentage that does not', { ToleratedFailurePercentage: 39 }, [3, 4], 'FAILED', undefined],
    ['an expression', { ToleratedFailurePercentage: '{% 50 - 10 %}' }, [3, 4], 'SUCCEEDED', [1, 2, 5]],
    [
      'both, the count exceeded',
      { ToleratedFailureCount: 1, ToleratedFailurePercentage: 90 },
      [3, 4],
      'FAILED',
      undefined,
    ],
    ['all failing, all tolerated', { ToleratedFailurePercentage: 100 }, [1, 2, 3, 4, 5], 'SUCCEEDED', []],
  ])('with %s', async (_, tolerance, bad, status, output) => {
    await using room = new MachineRoom({ functions: failsFor(...bad) });
    const finished = await room.run(distributed({ Items: [1, 2, 3, 4, 5], ...tolerance }, processor(call('f'))));
    expect(finished).toMatchObject({ status, output });
    if (status === 'FAILED') expect(finished.error).toBe('States.ExceedToleratedFailureThreshold');
    const run = JSON.parse(room.service.engine.store.mapRuns(finished.arn, 0, 10)[0]?.json ?? '');
    expect(run.status).toBe(status);
    if (status === 'SUCCEEDED') expect(run.itemCounts.failed).toBe(bad.length);
  });

  it('batches by count, with the batch input beside the items', async () => {
    await using room = new MachineRoom();
    const ItemBatcher = { MaxItemsPerBatch: 2, BatchInput: { day: '{% $states.input.day %}' } };
    const machine = distributed({ Items: [1, 2, 3], ItemBatcher }, processor({ Type: 'Pass' }));
    expect((await room.run(machine, { day: 'd' })).output).toEqual([
      { BatchInput: { day: 'd' }, Items: [1, 2] },
      { BatchInput: { day: 'd' }, Items: [3] },
    ]);
  });

  it('batches by bytes of the child input', async () => {
    await using room = new MachineRoom();
    const ItemBatcher = { MaxInputBytesPerBatch: 40 };
    const machine = distributed(
      { Items: ['aaaaaaaaaa', 'bbbbbbbbbb', 'cccccccccc'], ItemBatcher },
      processor({ Type: 'Pass' }),
    );
    const { output } = await room.run(machine);
    expect((output as { Items: string[] }[]).map(({ Items }) => Items.length)).toEqual([2, 1]);
    for (const input of output as object[]) expect(JSON.stringify(input).length).toBeLessThanOrEqual(40);
  });

  it.each([
    ['a JSON array', 'JSON', '[1,2,3]', {}, [2, 4, 6]],
    ['JSON lines', 'JSONL', '1\n2\r\n\n3', {}, [2, 4, 6]],
    ['the first lines', 'JSONL', '1\n2\n3\n', { MaxItems: 2 }, [2, 4]],
  ])('reads items from %s in a bucket', async (_, InputType, Body, config, output) => {
    await using room = new MachineRoom({ sdk: () => ({ Body }) });
    const ItemReader = {
      Resource: 'arn:aws:states:::s3:getObject',
      ReaderConfig: { InputType, ...config },
      Arguments: { Bucket: 'lake', Key: '{% $states.input.key %}' },
    };
    expect((await room.run(distributed({ ItemReader }), { key: 'k' })).output).toEqual(output);
    expect(room.calls).toMatchObject([{ name: 's3:getObject', args: { Bucket: 'lake', Key: 'k' } }]);
  });

  it('lists the objects of a bucket page by page', async () => {
    const pages: Record<string, object> = {
      first: {
        Contents: [{ Key: 'a', ETag: 'e', Size: 1, LastModified: '2026-01-01T00:00:00Z' }],
        IsTruncated: true,
        NextContinuationToken: 'second',
      },
      second: { Contents: [{ Key: 'b', Size: 2 }], IsTruncated: false },
    };
    await using room = new MachineRoom({ sdk: (_s, _a, args) => pages[String(args.ContinuationToken ?? 'first')] });
    const ItemReader = { Resource: 'arn:aws:states:::s3:listObjectsV2', Arguments: { Bucket: 'lake', Prefix: 'p/' } };
    const { output } = await room.run(distributed({ ItemReader }, processor({ Type: 'Pass' })));
    expect(output).toEqual([
      { Key: 'a', Etag: 'e', Size: 1, LastModified: 1767225600, StorageClass: 'STANDARD' },
      { Key: 'b', Size: 2, StorageClass: 'STANDARD' },
    ]);
  });

  it.each(['{"not":"an array"}', 'not json', undefined])(
    'fails with States.ItemReaderFailed on the object %s',
    async (Body) => {
      await using room = new MachineRoom({ sdk: () => ({ Body }) });
      const ItemReader = {
        Resource: 'arn:aws:states:::s3:getObject',
        ReaderConfig: { InputType: 'JSON' },
        Arguments: { Bucket: 'b', Key: 'k' },
      };
      expect((await room.run(distributed({ ItemReader }))).error).toBe('States.ItemReaderFailed');
    },
  );

  it('stops its children when the execution is stopped', async () => {
    await using room = new MachineRoom();
    const machine = await room.define(
      distributed({ Items: '{% [1..100] %}' }, processor({ Type: 'Wait', Seconds: 1000 })),
    );
    const { executionArn } = room.service.start(machine, {});
    await room.until(() => room.timers.pending === 40);
    await room.service.engine.stop(executionArn, undefined, 'enough');
    const run = JSON.parse(room.service.engine.store.mapRuns(executionArn, 0, 10)[0]?.json ?? '');
    expect(run).toMatchObject({ status: 'ABORTED', itemCounts: { aborted: 40, pending: 60, running: 0 } });
    expect(room.timers.pending).toBe(0);
  });

  it('runs 10,000 items', async () => {
    await using room = new MachineRoom({ functions: { f: (n: number) => n } });
    const finished = await room.run(distributed({ Items: '{% [1..10000] %}' }, processor(call('f'))));
    expect(finished.output).toEqual(Array.from({ length: 10_000 }, (_, index) => index + 1));
  });
});
