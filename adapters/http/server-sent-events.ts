/** Silence longer than this makes proxies close a connection; a comment line keeps it open. */
const heartbeatMillis = 15_000;

export interface EventStreamOptions {
  readonly heartbeatMillis?: number;
  readonly onError?: (error: unknown) => void;
}

/**
 * Values as server-sent events (WHATWG HTML, section 9.2), numbered from 1, with a comment as heartbeat whenever nothing
 * happened for a while. An error of the source ends the stream with an `error` event that says nothing about its cause.
 */
export async function* serverSentEvents(
  values: AsyncIterable<unknown>,
  options: EventStreamOptions = {},
): AsyncGenerator<string> {
  const every = options.heartbeatMillis ?? heartbeatMillis;
  const source = values[Symbol.asyncIterator]();
  let id = 0;
  try {
    yield 'retry: 3000\n\n';
    for (let pending = source.next(); ; ) {
      const next = await withinOrSilence(pending, every);
      if (next === 'silence') {
        yield ': still here\n\n';
        continue;
      }
      if (next.done) return;
      id += 1;
      yield `id: ${id}\ndata: ${JSON.stringify(next.value)}\n\n`;
      pending = source.next();
    }
  } catch (error) {
    options.onError?.(error);
    yield 'event: error\ndata: {}\n\n';
  } finally {
    await source.return?.();
  }
}

async function withinOrSilence<T>(pending: Promise<T>, millis: number): Promise<T | 'silence'> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<'silence'>((resolve) => {
    timer = setTimeout(() => resolve('silence'), millis);
  });
  try {
    return await Promise.race([pending, silence]);
  } finally {
    clearTimeout(timer);
  }
}
