/** What ties a line to a request, a run and a tenant. */
export interface TelemetryContext {
  readonly stage?: string;
  readonly requestId?: string;
  readonly runId?: string;
  readonly workspaceId?: string;
  readonly [key: string]: string | undefined;
}

type Fields = Readonly<Record<string, unknown>>;
type MetricUnit = 'Count' | 'Seconds' | 'Milliseconds' | 'Bytes';

export interface Telemetry {
  info(message: string, fields?: Fields): void;
  warn(message: string, fields?: Fields): void;
  error(message: string, error: unknown, fields?: Fields): void;
  /** One CloudWatch metric through the log (EMF): `Conext/<name>` with the dimensions given. */
  metric(name: string, value: number, unit?: MetricUnit, dimensions?: Readonly<Record<string, string>>): void;
  /** The same telemetry with more context on every line. */
  with(context: TelemetryContext): Telemetry;
}

/** Field names whose values never reach a log, at any depth. */
const secretName =
  /secret|token|password|passphrase|credential|authorization|cookie|api[-_]?key|access[-_]?key|signature/i;
const maximumDepth = 6;
const maximumText = 2_000;

function printable(value: unknown, depth = 0): unknown {
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'string') return value.length > maximumText ? `${value.slice(0, maximumText)}…` : value;
  if (value instanceof Error) return describeError(value, depth);
  if (typeof value !== 'object' || value === null) return value;
  if (depth >= maximumDepth) return '[too deep]';
  if (Array.isArray(value)) return value.slice(0, 50).map((entry) => printable(entry, depth + 1));
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      secretName.test(key) ? '[redacted]' : printable(entry, depth + 1),
    ]),
  );
}

function describeError(error: Error, depth = 0): Fields {
  return {
    name: error.name,
    message: printable(error.message),
    ...('code' in error && { code: printable(error.code, depth + 1) }),
    stack: printable(error.stack),
    ...(error.cause !== undefined && depth < maximumDepth && { cause: printable(error.cause, depth + 1) }),
  };
}

/** Structured logs, one JSON object a line. `write` and `now` are given by tests. */
export function createTelemetry(
  context: TelemetryContext = {},
  // Not console: Lambda's JSON log format would wrap the line, and CloudWatch would no longer find the metrics in it.
  write: (line: string) => void = (line) => process.stdout.write(`${line}\n`),
  now: () => number = Date.now,
): Telemetry {
  const line = (level: string, message: string, fields: Fields) =>
    write(
      JSON.stringify({
        level,
        message,
        timestamp: new Date(now()).toISOString(),
        ...context,
        ...(printable(fields) as Fields),
      }),
    );
  return {
    info: (message, fields = {}) => line('info', message, fields),
    warn: (message, fields = {}) => line('warn', message, fields),
    error: (message, error, fields = {}) => line('error', message, { ...fields, error }),
    metric: (name, value, unit = 'Count', given = {}) => {
      // Two stages may share an account, and their numbers must not add up.
      const dimensions = { ...(context.stage === undefined ? {} : { stage: context.stage }), ...given };
      write(
        JSON.stringify({
          _aws: {
            Timestamp: now(),
            CloudWatchMetrics: [
              { Namespace: 'Conext', Dimensions: [Object.keys(dimensions)], Metrics: [{ Name: name, Unit: unit }] },
            ],
          },
          ...context,
          ...dimensions,
          [name]: value,
        }),
      );
    },
    with: (more) => createTelemetry({ ...context, ...more }, write, now),
  };
}
