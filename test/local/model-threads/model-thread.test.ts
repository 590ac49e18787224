import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { ModelThread, type ModelThreadSettings } from '../../../local/model-threads/model-thread.ts';
import { Remembered } from '../../../local/model-threads/remembered.ts';

interface Done {
  readonly order: string;
  readonly thread: number;
}

const open: ModelThread<string, Done>[] = [];

function oddModel(settings: Partial<ModelThreadSettings> = {}): ModelThread<string, Done> {
  const model = new ModelThread<string, Done>({
    name: 'odd model',
    program: new URL('./odd-thread.ts', import.meta.url),
    ...settings,
  });
  open.push(model);
  return model;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((model) => model.close()));
});

describe('a model in a thread', () => {
  it('is not there before it is asked, and answers questions in their order by one thread', async () => {
    const model = oddModel();
    expect(model.loaded).toBe(false);
    const answers = await Promise.all(['a', 'b', 'c'].map((order) => model.ask(order)));
    expect(answers.map(({ order }) => order)).toEqual(['a', 'b', 'c']);
    expect(new Set(answers.map(({ thread }) => thread)).size).toBe(1);
    expect(model.loaded).toBe(true);
  });

  it('fails one question and answers the next when it throws, and when its thread dies', async () => {
    const model = oddModel();
    const first = await model.ask('a');
    await expect(model.ask('throw')).rejects.toThrow('The odd model failed: no such thing.');
    expect((await model.ask('b')).thread).toBe(first.thread);
    const [crashed, after] = await Promise.allSettled([model.ask('crash'), model.ask('c')]);
    expect(crashed).toMatchObject({ status: 'rejected', reason: { reason: 'failed' } });
    expect(after).toMatchObject({ status: 'fulfilled', value: { order: 'c' } });
    expect((await model.ask('d')).thread).not.toBe(first.thread);
  });

  it.each(['hang', 'spin'])('ends a thread that does not come back (%s)', async (order) => {
    const model = oddModel({ answerMs: 150 });
    await model.ask('a');
    const [late, after] = await Promise.allSettled([model.ask(order), model.ask('b')]);
    expect(late).toMatchObject({ status: 'rejected', reason: { message: 'The odd model took more than 150 ms.' } });
    expect(after).toMatchObject({ status: 'fulfilled' });
  });

  it('takes no more questions than it can hold', async () => {
    const model = oddModel();
    const answers = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => model.ask(String(index))));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(33);
    expect(answers.at(-1)).toMatchObject({ status: 'rejected', reason: { reason: 'busy' } });
  });

  it('leaves the memory when nobody asks, and comes back for the next question', async () => {
    const model = oddModel({ idleMs: 20 });
    await model.ask('a');
    while (model.loaded) await wait(5);
    expect(await model.ask('b')).toMatchObject({ order: 'b' });
  });

  it('ends with what is asked of it, and answers nothing after', async () => {
    const model = oddModel();
    const waiting = model.ask('hang');
    const failed = expect(waiting).rejects.toThrow('The odd model is closed.');
    await model.close();
    await failed;
    await expect(model.ask('a')).rejects.toThrow('closed');
    expect(model.loaded).toBe(false);
  });
});

describe('what is remembered', () => {
  it('is what was used last, as much as there is room for', () => {
    const remembered = new Remembered<number>(2);
    remembered.set('a', 1);
    remembered.set(Buffer.from('b'), 2);
    expect(remembered.get('a')).toBe(1);
    remembered.set('c', 3);
    expect([remembered.get('a'), remembered.get('b'), remembered.get('c')]).toEqual([1, undefined, 3]);
  });
});
