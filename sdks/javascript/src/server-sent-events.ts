/** Longest single event that is kept in memory, in characters. */
const longestEvent = 4_000_000;

/** Reads a server-sent event stream whose data is JSON, one value an event. Leaving the loop closes the connection. */
export async function* readEvents<T>(open: () => Promise<Response>): AsyncGenerator<T> {
  const response = await open();
  if (response.body === null) {
    return;
  }
  let buffer = '';
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    buffer = (buffer + chunk).replaceAll('\r\n', '\n');
    for (let end = buffer.indexOf('\n\n'); end !== -1; end = buffer.indexOf('\n\n')) {
      const data = buffer
        .slice(0, end)
        .split('\n')
        .filter((line) => line.startsWith('data:'))
        .map((line) => line.slice(5).trimStart())
        .join('\n');
      buffer = buffer.slice(end + 2);
      if (data !== '') {
        yield JSON.parse(data) as T;
      }
    }
    if (buffer.length > longestEvent) {
      throw new RangeError(`An event is longer than ${longestEvent} characters.`);
    }
  }
}
