import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { stepHandler } from '../../adapters/step-handler.ts';
import { createTelemetry } from '../../adapters/telemetry.ts';
import { AppError } from '../../domain/errors.ts';
import { PlatformError } from '../../domain/integrations/platform.ts';

const context = (remaining = 60_000) => ({ awsRequestId: 'req-1', getRemainingTimeInMillis: () => remaining });
const input = z.object({ runId: z.string() });

function step(run: () => Promise<unknown>) {
  const lines: string[] = [];
  return {
    lines,
    handler: stepHandler(
      input,
      run,
      createTelemetry({}, (line) => lines.push(line)),
    ),
  };
}
/** As the AWS SDK throws. */
const sdkError = (name: string, httpStatusCode: number) =>
  Object.assign(new Error('secret detail'), { name, $metadata: { httpStatusCode } });

describe('a step', () => {
  it('answers with what it did and says which run it was', async () => {
    const { handler, lines } = step(async () => ({ rows: 1 }));
    expect(await handler({ runId: 'run_1' }, context())).toEqual({ rows: 1 });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ message: 'done', requestId: 'req-1', runId: 'run_1' });
  });

  it.each([
    [new AppError('conflict', 'over'), 'AppError.conflict'],
    [new PlatformError('rate-limited', 'slow', { platform: 'google-ads' }), 'PlatformError.rate-limited'],
    [sdkError('ProvisionedThroughputExceededException', 400), 'AppError.unavailable'],
    [sdkError('InternalServerError', 500), 'AppError.unavailable'],
    [sdkError('AccessDeniedException', 400), 'AppError.internal'],
    [new DOMException('late', 'TimeoutError'), 'AppError.timeout'],
    [new TypeError('x is not a function'), 'AppError.internal'],
    ['a text', 'AppError.internal'],
  ])('ends in a name that a state machine can match: %s is %s', async (thrown, name) => {
    const { handler, lines } = step(async () => {
      throw thrown;
    });
    await expect(handler({ runId: 'run_1' }, context())).rejects.toMatchObject({ name });
    expect(lines).toHaveLength(1);
  });

  it('refuses input it does not know', async () => {
    const { handler } = step(async () => undefined);
    await expect(handler({ runId: 1 }, context())).rejects.toMatchObject({ name: 'AppError.invalid-request' });
  });

  it('is told to stop before Lambda ends it', async () => {
    const handler = stepHandler(
      input,
      async (_, { signal }) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      createTelemetry({}, () => undefined),
    );
    await expect(handler({ runId: 'run_1' }, context(5_020))).rejects.toMatchObject({ name: 'AppError.timeout' });
  });
});
