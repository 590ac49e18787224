import { ConextConnectionError } from './errors.ts';

/** Longest single event that is kept in memory, in characters. */
const longestEvent = 4_000_000;

/**
 * Reads a server-sent event stream (WHATWG HTML, 9.2) whose data is JSON, one value an event. Leaving the loop closes the
 * connection; an event that the connection's end cuts off is left out.
 */
export async function* readEvents<T>(open: () => Promise<Response>, signal?: AbortSignal): AsyncGenerator<T> {
  const { body } = await open();
  if (body === null) {
    return;
  }
  // Not `for await`: Safari's streams cannot be iterated.
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  try {
    const events = new EventParser();
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      for (const data of events.push(chunk.value)) {
        yield JSON.parse(data) as T;
      }
    }
  } catch (error) {
    if (signal?.aborted) {
      throw error;
    }
    throw error instanceof ConextConnectionError
      ? error
      : new ConextConnectionError('The event stream broke off.', { cause: error });
  } finally {
    await reader.cancel().catch(() => {});
  }
}

/** Cuts text that arrives in any pieces into the data of whole events. Lines end with LF, CRLF or CR. */
class EventParser {
  #rest: string[] = [];
  #data: string[] = [];
  #length = 0;
  #afterCarriageReturn = false;

  *push(chunk: string): Generator<string> {
    const text = this.#afterCarriageReturn && chunk.startsWith('\n') ? chunk.slice(1) : chunk;
    if (chunk !== '') {
      this.#afterCarriageReturn = chunk.endsWith('\r');
    }
    this.#length += text.length;
    const lines = text.split(/\r\n|\n|\r/);
    const last = lines.pop() ?? '';
    for (const line of lines) {
      const data = this.#line(this.#rest.join('') + line);
      this.#rest = [];
      if (data !== undefined) {
        this.#length = 0;
        yield data;
      }
    }
    this.#rest.push(last);
    if (this.#length > longestEvent) {
      throw new ConextConnectionError(`An event is longer than ${longestEvent} characters.`);
    }
  }

  /** The data of the event that an empty line ends. */
  #line(line: string): string | undefined {
    if (line !== '') {
      if (line === 'data' || line.startsWith('data:')) {
        this.#data.push(line.slice('data:'.length).replace(/^ /, ''));
      }
      return undefined;
    }
    const data = this.#data.join('\n');
    this.#data = [];
    return data === '' ? undefined : data;
  }
}
