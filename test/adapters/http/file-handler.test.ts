import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { exportMetricsRoutes } from '../../../contracts/routes/export-metrics.ts';
import { newId } from '../../../domain/integrations/ids.ts';
import { installStreaming, ResponseStream } from '../../../local/functions/response-stream.ts';
import { apiEvent, lambdaContext } from './api-event.ts';

type Streaming = (event: unknown, stream: ResponseStream, context: unknown) => Promise<void>;

beforeAll(() => {
  vi.stubGlobal('awslambda', undefined);
  installStreaming();
});
afterAll(() => void vi.unstubAllGlobals());

describe('a file that breaks off', () => {
  it('fails the function after its first bytes instead of ending regularly', async () => {
    const { fileHandler } = await import('../../../adapters/http/file-handler.ts');
    const logged: unknown[] = [];
    const telemetry = { info: () => {}, warn: () => {}, error: (...given: unknown[]) => logged.push(given) };
    async function* body() {
      yield 'first line\n';
      throw new Error('The lake went away.');
    }
    const handler = fileHandler(
      exportMetricsRoutes,
      async () => ({ name: 'x.csv', contentType: 'text/csv', body: body() }),
      { allowedOrigin: 'https://app.example', telemetry: telemetry as never },
    ) as unknown as Streaming;
    let text = '';
    const stream: ResponseStream = new ResponseStream('request', (message) => {
      if (message.kind === 'chunk') text += Buffer.from(message.bytes).toString();
      setImmediate(() => stream.taken());
    });
    const event = apiEvent({
      resource: '/v1/metrics/export',
      query: { from: '2026-01-01', to: '2026-01-02', format: 'csv' },
      caller: { workspaceId: newId('wsp', Date.now()) },
    });
    await expect(handler(event, stream, lambdaContext())).rejects.toThrow('The lake went away.');
    expect(text).toContain('"statusCode":200');
    expect(stream.writableFinished).toBe(false);
    expect(logged).toHaveLength(1);
  });
});
