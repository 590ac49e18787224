import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { route, streamTo } from './api-fixture.ts';
import { functionsOf, startGateway } from './running-gateway.ts';

const text = (value: string) => new TextEncoder().encode(value);
const prelude = (metadata: unknown) => Buffer.concat([text(JSON.stringify(metadata)), Buffer.alloc(8)]);
const streamed = (timeoutMs = 10_000) => route('/stream', 'GET', { Integration: streamTo('stream', timeoutMs) });

type Source = (signal: AbortSignal | undefined) => AsyncIterable<Uint8Array>;
const start = (source: Source, deps = {}, timeoutMs?: number) =>
  startGateway(streamed(timeoutMs), functionsOf({}, { stream: (_event, signal) => source(signal) }), deps);

describe('streaming proxy integration', () => {
  it('sends status and headers from the metadata and the body as it comes', async () => {
    let release = (): void => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    const { url } = await start(async function* () {
      const head = prelude({ statusCode: 201, headers: { 'content-type': 'application/x-ndjson' }, cookies: ['a=1'] });
      yield head.subarray(0, 5);
      yield Buffer.concat([head.subarray(5), text('first\n')]);
      await held;
      yield text('second\n');
    });
    const response = await fetch(`${url}/stream`);
    expect(response.status).toBe(201);
    expect(response.headers.get('content-type')).toBe('application/x-ndjson');
    expect(response.headers.getSetCookie()).toEqual(['a=1']);
    const reader = (response.body as ReadableStream<Uint8Array>).getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('first\n');
    release();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe('second\n');
    expect((await reader.read()).done).toBe(true);
  });

  it('waits for a slow consumer instead of buffering, and stops the function when it leaves', async () => {
    const chunk = new Uint8Array(256 * 1024);
    let produced = 0;
    let stopped = false;
    let aborted = false;
    const { url } = await start(async function* (signal) {
      signal?.addEventListener('abort', () => {
        aborted = true;
      });
      try {
        yield prelude({});
        for (; produced < 4_000; produced += 1) yield chunk;
      } finally {
        stopped = true;
      }
    });
    const socket = connect(Number(new URL(url).port), '127.0.0.1');
    socket.pause();
    socket.write('GET /stream HTTP/1.1\r\nHost: a\r\n\r\n');
    let before = -1;
    // Settled: nothing more is taken from the function although it has almost a gigabyte to give.
    await expect
      .poll(
        () => {
          const same = produced > 0 && produced === before;
          before = produced;
          return same;
        },
        { interval: 150, timeout: 10_000 },
      )
      .toBe(true);
    expect(produced).toBeLessThan(100);
    socket.destroy();
    await expect.poll(() => stopped && aborted).toBe(true);
  });

  it.each<[string, Source, number]>([
    [
      'no delimiter',
      async function* () {
        yield text('{"statusCode":200}');
      },
      502,
    ],
    [
      'metadata beyond 16 KB',
      async function* () {
        yield prelude({ headers: { a: 'x'.repeat(17_000) } });
      },
      502,
    ],
    [
      'metadata that is not JSON',
      async function* () {
        yield Buffer.concat([text('<html>'), Buffer.alloc(8)]);
      },
      502,
    ],
    [
      'a failing function',
      async function* () {
        yield text('{');
        throw new Error('boom');
      },
      502,
    ],
  ])('answers 502 to %s', async (_what, source, status) => {
    const { url } = await start(source);
    expect((await fetch(`${url}/stream`)).status).toBe(status);
  });

  it('answers 504 when the metadata does not come in time', async () => {
    let aborted = false;
    const { url } = await start(
      async function* (signal) {
        await new Promise<void>((resolve) =>
          signal?.addEventListener('abort', () => {
            aborted = true;
            resolve();
          }),
        );
        yield prelude({});
      },
      {},
      60,
    );
    expect((await fetch(`${url}/stream`)).status).toBe(504);
    expect(aborted).toBe(true);
  });

  it.each<[string, Source, object, number | undefined]>([
    [
      'fails midway',
      async function* () {
        yield prelude({});
        yield text('some');
        throw new Error('boom');
      },
      {},
      undefined,
    ],
    [
      'falls silent',
      async function* () {
        yield prelude({});
        yield text('some');
        await new Promise(() => undefined);
      },
      { streamIdleMs: 60 },
      undefined,
    ],
    [
      'never ends',
      async function* () {
        yield prelude({});
        for (;;) {
          yield text('some');
          await new Promise((resolve) => setImmediate(resolve));
        }
      },
      {},
      200,
    ],
  ])(
    'cuts the connection when the function %s, so that nothing looks complete',
    async (_what, source, deps, timeoutMs) => {
      const { url } = await start(source, deps, timeoutMs);
      const response = await fetch(`${url}/stream`);
      expect(response.status).toBe(200);
      await expect(response.text()).rejects.toThrow();
    },
  );
});
