import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalFunctions, localFunctions, soon } from './local-functions.ts';

let local: LocalFunctions;
beforeAll(() => {
  local = localFunctions();
});
afterAll(async () => {
  await local.close();
});

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of body) chunks.push(chunk);
  return Buffer.concat(chunks).toString('utf8');
}

describe('a streaming function', () => {
  it('gives its metadata, eight NUL bytes and its body', async () => {
    const source = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      const body = awslambda.HttpResponseStream.from(stream, { statusCode: 201, headers: { 'content-type': 'text/event-stream' } });
      body.write('one,'); body.write(event.word); body.end(); });`;
    const arn = await local.add('streaming', source);
    expect(await textOf(await local.runtime.invokeStreaming(arn, { word: 'two' }))).toBe(
      `{"statusCode":201,"headers":{"content-type":"text/event-stream"}}${'\0'.repeat(8)}one,two`,
    );
  });

  it('gives each piece when it is written, not when all is done', async () => {
    const source = `export const handler = awslambda.streamifyResponse(async (event, stream) => {
      stream.write('first'); await new Promise(() => {}); });`;
    const arn = await local.add('slow', source, { Timeout: 30 });
    const body = await local.runtime.invokeStreaming(arn, {});
    for await (const chunk of body) {
      expect(Buffer.from(chunk).toString()).toBe('first');
      break;
    }
  });

  it('writes no faster than it is read', async () => {
    const source = `import { once } from 'node:events';
      let written = 0;
      export const handler = awslambda.streamifyResponse(async (event, stream) => {
        if (event.ask) { stream.end(String(written)); return; }
        for (let i = 0; i < 100; i += 1) { written += 1; if (!stream.write(Buffer.alloc(65536))) await once(stream, 'drain'); }
        stream.end(); });`;
    const arn = await local.add('pressed', source);
    const body = (await local.runtime.invokeStreaming(arn, {}))[Symbol.asyncIterator]();
    await body.next();
    await body.next();
    let bytes = 0;
    for (let piece = await body.next(); piece.done !== true; piece = await body.next()) bytes += piece.value.length;
    expect(bytes).toBe(98 * 65_536);
    expect(await textOf(await local.runtime.invokeStreaming(arn, { ask: true }))).toBe('100');
  });

  it('hears that its reader went away and is free again', async () => {
    const source = `let left = 0; export const handler = awslambda.streamifyResponse(async (event, stream) => {
      if (event.ask) { stream.end(String(left)); return; }
      stream.on('close', () => { left += 1; });
      while (!stream.destroyed) { stream.write('tick'); await new Promise((done) => setTimeout(done, 5)); } });`;
    const arn = await local.add('left', source, { Timeout: 30, ReservedConcurrentExecutions: 1 });
    const leaving = new AbortController();
    const body = await local.runtime.invokeStreaming(arn, {}, { signal: leaving.signal });
    for await (const _ of body) {
      leaving.abort();
    }
    await soon(async () => await local.runtime.invokeStreaming(arn, { ask: true }).then(textOf, () => 'busy')).toBe(
      '1',
    );
  });

  it('rejects when it fails before its first byte', async () => {
    const arn = await local.add(
      'early',
      'export const handler = awslambda.streamifyResponse(async () => { throw new RangeError("no"); });',
    );
    await expect(local.runtime.invokeStreaming(arn, {})).rejects.toMatchObject({ name: 'RangeError', message: 'no' });
  });

  it('breaks off when it fails midway', async () => {
    const source = `export const handler = awslambda.streamifyResponse(async (event, stream) => { stream.write('half'); throw new Error('lost'); });`;
    const arn = await local.add('midway', source);
    const body = await local.runtime.invokeStreaming(arn, {});
    await expect(textOf(body)).rejects.toThrow('lost');
  });
});

it('passes on whole what a function returns that does not stream', async () => {
  const arn = await local.add('whole', 'export const handler = async () => ({ statusCode: 200 });');
  expect(await textOf(await local.runtime.invokeStreaming(arn, {}))).toBe('{"statusCode":200}');
});
