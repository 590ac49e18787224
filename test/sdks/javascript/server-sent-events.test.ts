import { describe, expect, it } from 'vitest';
import { createClient } from '../../../sdks/javascript/src/client.ts';
import { ConextConnectionError, ConextError } from '../../../sdks/javascript/src/errors.ts';
import { type Answer, type ApiServer, apiServer, problem, silence, stream } from './api-server.ts';

const watch = (server: ApiServer, signal?: AbortSignal, timeoutMs = 30_000) =>
  createClient({ baseUrl: server.url, accessToken: () => 'token-1', timeoutMs }).watchEtlRun(
    { path: { runId: 'run_1' } },
    signal === undefined ? {} : { signal },
  );

async function all(events: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const seen: unknown[] = [];
  for await (const event of events) {
    seen.push(event);
  }
  return seen;
}

const failure = (work: Promise<unknown>): Promise<Error> =>
  work.then(
    () => expect.unreachable('it succeeded'),
    (error: unknown) => error as Error,
  );

describe('event streams', () => {
  it.each<[string, readonly (string | Uint8Array)[]]>([
    ['one piece', ['data: {"n":1}\n\ndata: {"n":2}\n\n']],
    ['pieces that end anywhere', ['da', 'ta: {"n"', ':1}\n', '\ndata: {"n":2}\n\n']],
    ['CRLF', ['data: {"n":1}\r\n\r\ndata: {"n":2}\r\n\r\n']],
    ['CRLF cut in the middle', ['data: {"n":1}\r', '\n\r', '\ndata: {"n":2}\r\n\r', '\n']],
    ['CR', ['data: {"n":1}\r\rdata: {"n":2}\r', '\r']],
    ['comments and other fields', [': hello\n\nid: 1\nevent: run\ndata: {"n":1}\nretry: 5\n\n:\n\ndata:{"n":2}\n\n']],
    ['data on several lines', ['data: {\ndata: "n":1\ndata: }\n\ndata: {"n":2}\n\n']],
    ['a byte order mark', ['\ufeffdata: {"n":1}\n\ndata: {"n":2}\n\n']],
  ])('gives one value an event from %s', async (_name, pieces) => {
    await using server = await apiServer(stream(...pieces));
    expect(await all(watch(server))).toEqual([{ n: 1 }, { n: 2 }]);
    expect(server.seen[0]?.headers.accept).toBe('text/event-stream');
  });

  it('puts a character together that two pieces share', async () => {
    const bytes = new TextEncoder().encode('data: {"name":"Zürich"}\n\n');
    const middle = bytes.indexOf(0xc3) + 1;
    await using server = await apiServer(stream(bytes.slice(0, middle), bytes.slice(middle)));
    expect(await all(watch(server))).toEqual([{ name: 'Zürich' }]);
  });

  it('leaves out an event that the end of the connection cuts off', async () => {
    await using server = await apiServer(stream('data: {"n":1}\n\ndata: {"n":2}\n'));
    expect(await all(watch(server))).toEqual([{ n: 1 }]);
  });

  it('reads an event of a megabyte in small pieces', async () => {
    const text = 'x'.repeat(1_000_000);
    const whole = `data: ${JSON.stringify({ text })}\n\n`;
    const pieces = Array.from({ length: Math.ceil(whole.length / 4_000) }, (_none, index) =>
      whole.slice(index * 4_000, (index + 1) * 4_000),
    );
    await using server = await apiServer(stream(...pieces));
    expect(await all(watch(server))).toEqual([{ text }]);
  });

  it('refuses an event that does not end, and closes the connection', async () => {
    let closed = false;
    const endless: Answer = (response) => {
      response.on('close', () => {
        closed = true;
      });
      response.writeHead(200);
      const more = (): void => {
        if (!closed) {
          response.write('data: '.padEnd(100_000, 'x'), more);
        }
      };
      more();
    };
    await using server = await apiServer(endless);
    const error = await failure(all(watch(server)));
    expect(error).toBeInstanceOf(ConextConnectionError);
    expect(error.message).toContain('longer than');
    await expect.poll(() => closed).toBe(true);
  });

  it('closes the connection when the loop is left', async () => {
    let closed = false;
    await using server = await apiServer((response) => {
      response.on('close', () => {
        closed = true;
      });
      response.writeHead(200).write('data: {"n":1}\n\n');
    });
    for await (const event of watch(server)) {
      expect(event).toEqual({ n: 1 });
      break;
    }
    await expect.poll(() => closed).toBe(true);
  });

  it('stops with the reason of an aborted signal', async () => {
    const abort = new AbortController();
    await using server = await apiServer((response) => response.writeHead(200).write('data: {"n":1}\n\n'));
    const error = await failure(
      (async () => {
        for await (const _event of watch(server, abort.signal)) {
          abort.abort();
        }
      })(),
    );
    expect(error.name).toBe('AbortError');
  });

  it('goes on for longer than an answer may take to begin', async () => {
    let send: (() => void) | undefined;
    await using server = await apiServer((response) => {
      response.writeHead(200).write('data: {"n":1}\n\n');
      send = () => response.end('data: {"n":2}\n\n');
    });
    setTimeout(() => send?.(), 400);
    expect(await all(watch(server, undefined, 200))).toEqual([{ n: 1 }, { n: 2 }]);
  });

  it('gives up a stream that does not begin', async () => {
    await using server = await apiServer(silence);
    const events = createClient({ baseUrl: server.url, accessToken: () => 'token-1', timeoutMs: 50, retries: 0 });
    const error = await failure(all(events.watchEtlRun({ path: { runId: 'run_1' } })));
    expect(error.message).toContain('did not answer within 50 ms');
  });

  it('says when the stream breaks off', async () => {
    await using server = await apiServer((response) => {
      response.writeHead(200);
      response.write('data: {"n":1}\n\n', () => response.socket?.resetAndDestroy());
    });
    const error = await failure(all(watch(server)));
    expect(error).toBeInstanceOf(ConextConnectionError);
    expect(error.message).toBe('The event stream broke off.');
  });

  it('says when an event is not JSON', async () => {
    await using server = await apiServer(stream('data: {"n":\n\n'));
    expect(await failure(all(watch(server)))).toBeInstanceOf(ConextConnectionError);
  });

  it('throws the problem of a stream that is refused', async () => {
    await using server = await apiServer(problem(404, 'not-found'));
    const error = await failure(all(watch(server)));
    expect(error).toBeInstanceOf(ConextError);
    expect(error).toMatchObject({ status: 404, code: 'not-found' });
  });
});
