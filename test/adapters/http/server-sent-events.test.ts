import { describe, expect, it } from 'vitest';
import { serverSentEvents } from '../../../adapters/http/server-sent-events.ts';

async function* of(...values: unknown[]) {
  yield* values;
}
async function collect(stream: AsyncIterable<string>): Promise<string> {
  let text = '';
  for await (const part of stream) text += part;
  return text;
}

describe('serverSentEvents', () => {
  it('numbers events and writes each as one line of JSON', async () => {
    expect(await collect(serverSentEvents(of({ text: 'two\nlines' }, 2)))).toBe(
      'retry: 3000\n\nid: 1\ndata: {"text":"two\\nlines"}\n\nid: 2\ndata: 2\n\n',
    );
  });

  it('keeps a silent connection open with comments', async () => {
    const { promise, resolve } = Promise.withResolvers<void>();
    async function* slow() {
      await promise;
      yield 1;
    }
    const stream = serverSentEvents(slow(), { heartbeatMillis: 5 });
    expect((await stream.next()).value).toBe('retry: 3000\n\n');
    expect((await stream.next()).value).toBe(': still here\n\n');
    expect((await stream.next()).value).toBe(': still here\n\n');
    resolve();
    let next = await stream.next();
    while (next.value === ': still here\n\n') next = await stream.next();
    expect(next.value).toBe('id: 1\ndata: 1\n\n');
  });

  it('ends with an error event that tells nothing, and reports the cause', async () => {
    async function* broken() {
      yield 1;
      throw new Error('password=hunter2');
    }
    const reported: unknown[] = [];
    const text = await collect(serverSentEvents(broken(), { onError: (error) => reported.push(error) }));
    expect(text).toBe('retry: 3000\n\nid: 1\ndata: 1\n\nevent: error\ndata: {}\n\n');
    expect(String(reported[0])).toContain('hunter2');
  });

  it('closes its source when the reader leaves', async () => {
    let closed = false;
    async function* endless() {
      try {
        for (;;) yield 1;
      } finally {
        closed = true;
      }
    }
    const stream = serverSentEvents(endless());
    await stream.next();
    await stream.next();
    await stream.return(undefined);
    expect(closed).toBe(true);
  });
});
