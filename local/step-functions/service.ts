/** Step Functions behind the local AWS endpoint, and the machines of the templates. */
import {
  AwsError,
  type AwsRequest,
  type AwsResponse,
  type LocalService,
  type Provisioner,
  type ResolvedResource,
} from '../ports.ts';
import { type EngineDeps, StepFunctionsEngine } from './engine.ts';
import { isObject, type Json } from './field-reader.ts';
import { needsOf, operationNamed } from './operations.ts';
import { readStateMachine } from './provision-state-machine.ts';

export type StepFunctionsDeps = EngineDeps;

export interface StepFunctionsService extends LocalService, Provisioner {
  /** Starts an execution for a rule, a schedule or the boot; the caller has checked the permission. */
  start(stateMachineArn: string, input: unknown, name?: string): { readonly executionArn: string };
  /** Resolves once the execution is no longer RUNNING. */
  closed(executionArn: string): Promise<{ readonly status: string; readonly output: string | undefined }>;
  readonly engine: StepFunctionsEngine;
}

export function createStepFunctionsService(deps: StepFunctionsDeps): StepFunctionsService {
  const engine = new StepFunctionsEngine(deps);
  return {
    name: 'states',
    engine,
    types: ['AWS::StepFunctions::StateMachine'],
    refuse: (resource) => refusal(resource),
    provision: async (resource) => define(engine, resource),
    access: (request) => needsOf(engine, operationNamed(request.operation), inputOf(request)),
    handle: (request) => handle(engine, request),
    start: (stateMachineArn, input, name) => {
      return { executionArn: engine.start(stateMachineArn, JSON.stringify(input ?? {}), name).arn };
    },
    closed: (executionArn) => engine.closed(executionArn),
    close: () => engine.close(),
  };
}

function refusal(resource: ResolvedResource): string | undefined {
  const machine = readStateMachine(resource);
  const problems = typeof machine === 'string' ? [machine] : machine.parsed.ok ? [] : machine.parsed.problems;
  if (problems.length === 0) return undefined;
  return `${resource.type} ${resource.stack}/${resource.logicalId}: ${problems.join('; ')}.`;
}

function define(engine: StepFunctionsEngine, resource: ResolvedResource): void {
  const machine = readStateMachine(resource);
  const reason = refusal(resource);
  if (typeof machine === 'string' || !machine.parsed.ok) {
    throw new AwsError('InvalidDefinition', `Invalid State Machine Definition: ${reason}`);
  }
  const { arn } = resource;
  const name = arn.slice(arn.lastIndexOf(':') + 1);
  const { roleArn, definitionText } = machine;
  engine.define({ arn, name, roleArn, definitionText, definition: machine.parsed.definition });
}

async function handle(engine: StepFunctionsEngine, request: AwsRequest): Promise<AwsResponse> {
  const answer = await operationNamed(request.operation).run(engine, inputOf(request));
  return {
    status: 200,
    headers: { 'content-type': 'application/x-amz-json-1.0' },
    body: JSON.stringify(answer),
  };
}

function inputOf(request: AwsRequest): Json {
  let input: unknown;
  try {
    input = JSON.parse(request.body.length === 0 ? '{}' : request.body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.');
  }
  if (isObject(input)) return input;
  throw new AwsError('SerializationException', 'The request body is not a JSON object.');
}
