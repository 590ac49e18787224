/** The Step Functions API as a table: per operation, the permission it needs and what it answers. */
import { type AccessNeed, AwsError, unsupported } from '../ports.ts';
import type { StepFunctionsEngine } from './engine.ts';
import type { ExecutionRecord } from './execution-store.ts';
import type { Json } from './field-reader.ts';

export interface Operation {
  /** The `states:` action, and the input member that names the resource (a token stands for its machine); without one it is `*`. */
  readonly action: string;
  readonly resourceMember?: string;
  run(engine: StepFunctionsEngine, input: Json): Promise<unknown> | unknown;
}

function text(input: Json, name: string): string {
  const value = input[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new AwsError('ValidationException', `${name} is required and must be a non-empty string.`);
}

function optionalText(input: Json, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  throw new AwsError('ValidationException', `${name} must be a string.`);
}

/** 1 to 1,000; AWS answers 100 a page unless asked otherwise (0 means the same). */
function pageSize(input: Json): number {
  const value = input.maxResults ?? 0;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1000) {
    throw new AwsError('ValidationException', 'maxResults must be a whole number from 0 to 1000.');
  }
  return value === 0 ? 100 : value;
}

/** Our page tokens are the number at which the next page starts. */
function pageMark(input: Json): number | undefined {
  const token = optionalText(input, 'nextToken');
  if (token === undefined) return undefined;
  const mark = Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isSafeInteger(mark)) throw new AwsError('InvalidToken', `Invalid Token: '${token}'`);
  return mark;
}

function tokenOf(mark: number | undefined): { nextToken?: string } {
  return mark === undefined ? {} : { nextToken: Buffer.from(String(mark)).toString('base64url') };
}

/** One item more than the page was asked for tells whether another page follows. */
function pageOf<T>(rows: readonly T[], size: number, markOf: (last: T) => number) {
  const page = rows.slice(0, size);
  const last = page.at(-1);
  return { page, next: tokenOf(rows.length > size && last !== undefined ? markOf(last) : undefined) };
}

function summary(record: ExecutionRecord) {
  return {
    executionArn: record.arn,
    stateMachineArn: record.machineArn,
    name: record.name,
    status: record.status,
    startDate: record.startedAt / 1000,
    ...(record.stoppedAt === undefined ? {} : { stopDate: record.stoppedAt / 1000 }),
    ...(record.mapRunArn === undefined ? {} : { mapRunArn: record.mapRunArn }),
    ...(record.itemCount === undefined ? {} : { itemCount: record.itemCount }),
    redriveCount: 0,
  };
}

function describe(record: ExecutionRecord) {
  const { output, error, cause } = record;
  const { itemCount: _, ...rest } = summary(record);
  return {
    ...rest,
    input: record.input,
    inputDetails: { included: true },
    ...(output === undefined ? {} : { output, outputDetails: { included: true } }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  };
}

function history(engine: StepFunctionsEngine, input: Json) {
  const arn = text(input, 'executionArn');
  const record = engine.execution(arn);
  const reverse = input.reverseOrder === true;
  const size = pageSize(input);
  const from = pageMark(input) ?? (reverse ? Number.MAX_SAFE_INTEGER : 1);
  const rows = engine.store.events(arn, from, size + 1, reverse);
  if (rows.length === 0 && record.mapRunArn !== undefined) {
    throw unsupported('states', "the history of a distributed Map's children unless keepChildHistory is set");
  }
  const { page, next } = pageOf(rows, size, (last) => last.id + (reverse ? -1 : 1));
  const withData = input.includeExecutionData !== false;
  const events = page.map((row) => (withData ? row.json : withoutData(row.json)));
  return { events: events.map((json) => JSON.parse(json) as unknown), ...next };
}

/** `includeExecutionData: false` leaves out inputs, outputs and parameters. */
function withoutData(json: string): string {
  const data = new Set(['input', 'output', 'parameters', 'assignedVariables']);
  return JSON.stringify(JSON.parse(json, (key, value: unknown) => (data.has(key) ? undefined : value)));
}

function listExecutions(engine: StepFunctionsEngine, input: Json) {
  const machineArn = optionalText(input, 'stateMachineArn');
  const mapRunArn = optionalText(input, 'mapRunArn');
  if ((machineArn === undefined) === (mapRunArn === undefined)) {
    throw new AwsError('ValidationException', 'Exactly one of stateMachineArn and mapRunArn is required.');
  }
  if (machineArn !== undefined) engine.machine(machineArn);
  const size = pageSize(input);
  const status = optionalText(input, 'statusFilter');
  const before = pageMark(input);
  const rows = engine.store.list({ machineArn, mapRunArn, status, before, limit: size + 1 });
  const { page, next } = pageOf(rows, size, (last) => last.seq);
  return { executions: page.map((row) => summary(row.record)), ...next };
}

function parseOutput(output: string): unknown {
  try {
    return JSON.parse(output);
  } catch {
    throw new AwsError('InvalidOutput', `Invalid Output: it is not JSON.`);
  }
}

const taskOperation = (action: string, run: Operation['run']): Operation => ({
  action,
  resourceMember: 'taskToken',
  run,
});

export const operations: Readonly<Record<string, Operation>> = {
  StartExecution: {
    action: 'states:StartExecution',
    resourceMember: 'stateMachineArn',
    run: (engine, input) => {
      const given = optionalText(input, 'input') ?? '{}';
      const record = engine.start(text(input, 'stateMachineArn'), given, optionalText(input, 'name'));
      return { executionArn: record.arn, startDate: record.startedAt / 1000 };
    },
  },
  StopExecution: {
    action: 'states:StopExecution',
    resourceMember: 'executionArn',
    run: async (engine, input) => {
      const arn = text(input, 'executionArn');
      const record = await engine.stop(arn, optionalText(input, 'error'), optionalText(input, 'cause'));
      return { stopDate: (record.stoppedAt ?? record.startedAt) / 1000 };
    },
  },
  DescribeExecution: {
    action: 'states:DescribeExecution',
    resourceMember: 'executionArn',
    run: (engine, input) => describe(engine.execution(text(input, 'executionArn'))),
  },
  GetExecutionHistory: { action: 'states:GetExecutionHistory', resourceMember: 'executionArn', run: history },
  ListExecutions: { action: 'states:ListExecutions', resourceMember: 'stateMachineArn', run: listExecutions },
  SendTaskSuccess: taskOperation('states:SendTaskSuccess', (engine, input) => {
    engine.tokens.succeed(text(input, 'taskToken'), parseOutput(text(input, 'output')));
    return {};
  }),
  SendTaskFailure: taskOperation('states:SendTaskFailure', (engine, input) => {
    const [error, cause] = [optionalText(input, 'error') ?? '', optionalText(input, 'cause') ?? ''];
    engine.tokens.fail(text(input, 'taskToken'), error, cause);
    return {};
  }),
  SendTaskHeartbeat: taskOperation('states:SendTaskHeartbeat', (engine, input) => {
    engine.tokens.beat(text(input, 'taskToken'));
    return {};
  }),
  ListStateMachines: {
    action: 'states:ListStateMachines',
    run: (engine, input) => {
      const from = pageMark(input) ?? 0;
      const size = pageSize(input);
      const machines = engine.machines();
      return {
        stateMachines: machines.slice(from, from + size).map((machine) => ({
          stateMachineArn: machine.arn,
          name: machine.name,
          type: 'STANDARD',
          creationDate: machine.createdAt / 1000,
        })),
        ...tokenOf(machines.length > from + size ? from + size : undefined),
      };
    },
  },
  DescribeStateMachine: {
    action: 'states:DescribeStateMachine',
    resourceMember: 'stateMachineArn',
    run: (engine, input) => {
      const machine = engine.machine(text(input, 'stateMachineArn'));
      return {
        stateMachineArn: machine.arn,
        name: machine.name,
        status: 'ACTIVE',
        definition: machine.definitionText,
        roleArn: machine.roleArn,
        type: 'STANDARD',
        creationDate: machine.createdAt / 1000,
      };
    },
  },
  ListMapRuns: {
    action: 'states:ListMapRuns',
    resourceMember: 'executionArn',
    run: (engine, input) => {
      const arn = text(input, 'executionArn');
      engine.execution(arn);
      const size = pageSize(input);
      const rows = engine.store.mapRuns(arn, pageMark(input) ?? 0, size + 1);
      const { page, next } = pageOf(rows, size, (last) => last.seq);
      const mapRuns = page.map((row) => {
        const { executionArn, mapRunArn, stateMachineArn, startDate, stopDate } = JSON.parse(row.json) as Json;
        return { executionArn, mapRunArn, stateMachineArn, startDate, stopDate };
      });
      return { mapRuns, ...next };
    },
  },
  DescribeMapRun: {
    action: 'states:DescribeMapRun',
    resourceMember: 'mapRunArn',
    run: (engine, input) => {
      const arn = text(input, 'mapRunArn');
      const run = engine.store.mapRun(arn);
      if (run === undefined) throw new AwsError('ResourceNotFound', `Resource not found: '${arn}'`);
      return JSON.parse(run) as unknown;
    },
  },
};

/** Throws `AwsError` UnsupportedLocally for an operation outside the table. */
export function operationNamed(name: string | undefined): Operation {
  const operation = name !== undefined && Object.hasOwn(operations, name) ? operations[name] : undefined;
  if (operation === undefined) throw unsupported('states', `the operation ${name ?? '(none)'}`);
  return operation;
}

export function needsOf(engine: StepFunctionsEngine, operation: Operation, input: Json): readonly AccessNeed[] {
  const { action, resourceMember } = operation;
  if (resourceMember === 'taskToken') {
    const machineArn = engine.tokens.machineOf(String(input.taskToken));
    // A token nobody waits for can only be answered with an error.
    return machineArn === undefined ? [] : [{ action, resource: machineArn }];
  }
  // ListExecutions of a map run is granted on the map run.
  const resource = (resourceMember === undefined ? undefined : input[resourceMember]) ?? input.mapRunArn;
  return [{ action, resource: typeof resource === 'string' ? resource : '*' }];
}
