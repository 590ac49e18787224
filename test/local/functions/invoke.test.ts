import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type LocalFunctions, localFunctions, soon } from './local-functions.ts';

let local: LocalFunctions;
beforeAll(() => {
  local = localFunctions();
});
afterAll(async () => {
  await local.close();
});

describe('a function', () => {
  it('answers with what its handler returns', async () => {
    const arn = await local.add('echo', 'export const handler = async (event) => ({ got: event });');
    expect(await local.runtime.invoke(arn, { a: [1, 'ä'] })).toEqual({ ok: true, payload: { got: { a: [1, 'ä'] } } });
  });

  it('answers null when its handler returns nothing', async () => {
    const arn = await local.add('silent', 'export const handler = async () => {};');
    expect(await local.runtime.invoke(arn, {})).toEqual({ ok: true, payload: null });
  });

  it('sees Lambda’s context and its own environment, not that of the machine', async () => {
    const source = `export const handler = async (_, context) => ({
      name: context.functionName, arn: context.invokedFunctionArn, memory: context.memoryLimitInMB,
      version: context.functionVersion, id: context.awsRequestId, remaining: context.getRemainingTimeInMillis(), env: process.env });`;
    const arn = await local.add('context', source, {
      Timeout: 7,
      MemorySize: 256,
      Environment: { Variables: { STATE_TABLE: 'table', AWS_REGION: 'forged' } },
    });
    const result = await local.runtime.invoke(arn, {});
    expect(result).toMatchObject({
      ok: true,
      payload: {
        name: 'context',
        arn,
        memory: '256',
        version: '$LATEST',
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        remaining: expect.toSatisfy((ms: number) => ms > 5000 && ms <= 7000),
        env: {
          STATE_TABLE: 'table',
          AWS_REGION: 'eu-central-1',
          AWS_LAMBDA_FUNCTION_NAME: 'context',
          AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
          AWS_ACCESS_KEY_ID: expect.stringMatching(/^AKIA[0-9A-F]{16}$/),
        },
      },
    });
    expect(JSON.stringify(result)).not.toContain('"HOME"');
  });

  it('stays warm from one request to the next', async () => {
    const arn = await local.add('counter', 'let n = 0; export const handler = async () => ++n;');
    expect(await local.runtime.invoke(arn, {})).toEqual({ ok: true, payload: 1 });
    expect(await local.runtime.invoke(arn, {})).toEqual({ ok: true, payload: 2 });
    const timings = local.runtime.timings().find((it) => it.functionName === 'counter');
    expect(timings).toMatchObject({ invocations: 2, coldStartsMs: [expect.any(Number)], workers: 1 });
  });

  it('answers one request at a time in each environment', async () => {
    const source = `let inside = 0; let most = 0; export const handler = async () => {
      inside += 1; most = Math.max(most, inside); await new Promise((done) => setTimeout(done, 20)); inside -= 1; return most; };`;
    const arn = await local.add('exclusive', source);
    const results = await Promise.all(Array.from({ length: 8 }, () => local.runtime.invoke(arn, {})));
    expect(results).toEqual(Array.from({ length: 8 }, () => ({ ok: true, payload: 1 })));
  });

  it('tells the name, message and stack of an error its handler throws', async () => {
    const source = `class QuotaError extends Error { name = 'QuotaError' } export const handler = async () => { throw new QuotaError('too much'); };`;
    const arn = await local.add('throwing', source);
    expect(await local.runtime.invoke(arn, {})).toEqual({
      ok: false,
      error: {
        errorType: 'QuotaError',
        errorMessage: 'too much',
        stackTrace: expect.arrayContaining(['QuotaError: too much']),
      },
    });
  });

  it('is stopped when its time is over and starts anew', async () => {
    const source = 'let n = 0; export const handler = async (event) => { n += 1; while (event.hang); return n; };';
    const arn = await local.add('hanging', source, { Timeout: 1 });
    expect(await local.runtime.invoke(arn, { hang: true })).toEqual({
      ok: false,
      error: {
        errorType: 'Sandbox.Timedout',
        errorMessage: expect.stringContaining('Task timed out after 1.00 seconds'),
      },
    });
    expect(await local.runtime.invoke(arn, {})).toEqual({ ok: true, payload: 1 });
  });

  it.each([
    ['process.exit', 'process.exit(3)', 'exit status 3'],
    ['an uncaught error', 'setTimeout(() => { throw new Error("late") }); await new Promise(() => {})', 'late'],
    ['a forgotten rejection', 'Promise.reject(new Error("forgotten")); await new Promise(() => {})', 'forgotten'],
    ['too much memory', 'const all = []; for (;;) all.push(new Array(1e5).fill(Math.random()))', 'out of memory'],
  ])('contains %s', async (name, body, reason) => {
    const arn = await local.add(
      name.replaceAll(/\W/g, '-'),
      `export const handler = async (event) => { if (event.fine) return 'fine'; ${body} };`,
      {
        Timeout: 15,
      },
    );
    expect(await local.runtime.invoke(arn, {})).toEqual({
      ok: false,
      error: { errorType: 'Runtime.ExitError', errorMessage: expect.stringContaining(reason) },
    });
    expect(await local.runtime.invoke(arn, { fine: true })).toEqual({ ok: true, payload: 'fine' });
  });

  it.each([
    ['a module that throws', 'throw new RangeError("no config"); export const handler = 1;', 'RangeError'],
    ['a missing handler', 'export const other = 1;', 'Runtime.HandlerNotFound'],
    [
      'a callback handler',
      'export const handler = (event, context, callback) => callback(null, 1);',
      'Runtime.CallbackHandlerDeprecated',
    ],
  ])('reports %s', async (name, source, errorType) => {
    const arn = await local.add(name.replaceAll(' ', '-'), source);
    expect(await local.runtime.invoke(arn, {})).toMatchObject({ ok: false, error: { errorType } });
  });

  it('is throttled beyond its reserved concurrency', async () => {
    const source =
      'export const handler = async () => { await new Promise((done) => setTimeout(done, 300)); return 1; };';
    const arn = await local.add('reserved', source, { ReservedConcurrentExecutions: 1 });
    const first = local.runtime.invoke(arn, {});
    await expect(local.runtime.invoke(arn, {})).rejects.toMatchObject({
      code: 'TooManyRequestsException',
      status: 429,
    });
    expect(await first).toEqual({ ok: true, payload: 1 });
  });

  it('takes and gives at most 6 MB', async () => {
    const arn = await local.add('large', 'export const handler = async (event) => "x".repeat(event.size ?? 0);');
    await expect(local.runtime.invoke(arn, 'x'.repeat(6 * 1024 * 1024))).rejects.toMatchObject({ status: 413 });
    expect(await local.runtime.invoke(arn, { size: 6 * 1024 * 1024 })).toMatchObject({
      ok: false,
      error: { errorType: 'Function.ResponseSizeTooLarge' },
    });
  });

  it('runs on when its caller stops waiting', async () => {
    const arn = await local.add(
      'patient',
      'let n = 0; export const handler = async () => { n += 1; await new Promise((done) => setTimeout(done, 200)); return n; };',
    );
    await local.runtime.invoke(arn, {});
    await expect(local.runtime.invoke(arn, {}, { signal: AbortSignal.timeout(20) })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await soon(async () => await local.runtime.invoke(arn, {})).toEqual({ ok: true, payload: 3 });
  });

  it('writes its output to a log of its own', async () => {
    const arn = await local.add(
      'talking',
      'export const handler = async () => { console.log("to stdout"); console.error("to stderr"); };',
    );
    await local.runtime.invoke(arn, {});
    await soon(() => readFileSync(join(local.logsFolder, 'talking.log'), 'utf8')).toMatch(
      /to stdout[\s\S]*to stderr|to stderr[\s\S]*to stdout/,
    );
  });

  it('is not found under a wrong name', async () => {
    await expect(local.runtime.invoke('nobody', {})).rejects.toMatchObject({
      code: 'ResourceNotFoundException',
      status: 404,
    });
  });
});

it('ends an environment that was idle for its time', async () => {
  const brief = localFunctions({ idleMs: 50 });
  try {
    const arn = await brief.add('idle', 'let n = 0; export const handler = async () => ++n;');
    await brief.runtime.invoke(arn, {});
    await soon(() => brief.runtime.timings()[0]?.workers).toBe(0);
    expect(await brief.runtime.invoke(arn, {})).toEqual({ ok: true, payload: 1 });
  } finally {
    await brief.close();
  }
});
