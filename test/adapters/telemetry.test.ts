import { describe, expect, it } from 'vitest';
import { createTelemetry } from '../../adapters/telemetry.ts';

function recorded() {
  const lines: Record<string, unknown>[] = [];
  const telemetry = createTelemetry(
    { requestId: 'r-1' },
    (line) => lines.push(JSON.parse(line) as Record<string, unknown>),
    () => Date.parse('2026-11-20T12:00:00.000Z'),
  );
  return { lines, telemetry };
}

describe('telemetry', () => {
  it('writes one JSON object a line with the context of the call', () => {
    const { lines, telemetry } = recorded();
    telemetry.with({ runId: 'run_1' }).info('done', { rows: 3 });
    expect(lines).toEqual([
      {
        level: 'info',
        message: 'done',
        timestamp: '2026-11-20T12:00:00.000Z',
        requestId: 'r-1',
        runId: 'run_1',
        rows: 3,
      },
    ]);
  });

  it('never writes what a field’s name calls a secret, however deep it lies', () => {
    const { lines, telemetry } = recorded();
    telemetry.warn('odd', {
      credentials: { refreshToken: 'hush' },
      request: { headers: { Authorization: 'Bearer hush', 'x-api-key': 'hush' }, body: [{ clientSecret: 'hush' }] },
    });
    expect(JSON.stringify(lines)).not.toContain('hush');
    expect(JSON.stringify(lines)).toContain('[redacted]');
  });

  it('writes an error with its causes, and survives what JSON cannot hold', () => {
    const { lines, telemetry } = recorded();
    const circle: Record<string, unknown> = {};
    circle.self = circle;
    telemetry.error('failed', new Error('outer', { cause: new Error('inner') }), { count: 3n, circle });
    expect(lines[0]).toMatchObject({
      level: 'error',
      error: { name: 'Error', message: 'outer', cause: { message: 'inner' } },
      count: '3',
    });
  });

  it('keeps the numbers of two stages in one account apart', () => {
    const { lines, telemetry } = recorded();
    telemetry.with({ stage: 'dev' }).metric('rowsLoaded', 12);
    expect(lines[0]).toMatchObject({ stage: 'dev', _aws: { CloudWatchMetrics: [{ Dimensions: [['stage']] }] } });
  });

  it('writes metrics in the embedded format CloudWatch reads', () => {
    const { lines, telemetry } = recorded();
    telemetry.metric('rowsLoaded', 12, 'Count', { platform: 'google-ads' });
    expect(lines[0]).toMatchObject({
      rowsLoaded: 12,
      platform: 'google-ads',
      _aws: {
        CloudWatchMetrics: [
          { Namespace: 'Conext', Dimensions: [['platform']], Metrics: [{ Name: 'rowsLoaded', Unit: 'Count' }] },
        ],
      },
    });
  });
});
