/** A function as its template describes it. */
import type { ResolvedResource } from '../ports.ts';
import { isObject, objectOf, optionalText } from '../services/json-protocol.ts';
import { asNumber, type PropertySupport, refuseUnlisted } from '../services/property-support.ts';

export interface FunctionDefinition {
  readonly name: string;
  readonly arn: string;
  readonly roleArn: string;
  readonly handler: string;
  readonly folder: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  /** `undefined` takes from the account's shared concurrency. */
  readonly reservedConcurrency: number | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Where events end that failed every attempt: a queue, as `DeadLetterConfig` names it. */
  readonly deadLetterArn: string | undefined;
}

const RUNTIME = 'nodejs24.x';

const SUPPORT: PropertySupport = {
  Architectures: 'harmless',
  Code: (value) =>
    isObject(value) && typeof value.Folder === 'string' ? undefined : 'must be an asset of the assembly',
  DeadLetterConfig: 'honoured',
  Description: 'harmless',
  Environment: 'honoured',
  FunctionName: 'honoured',
  Handler: 'honoured',
  KmsKeyArn: 'harmless',
  LoggingConfig: 'harmless',
  MemorySize: 'honoured',
  PackageType: (value) => (value === 'Zip' ? undefined : `${String(value)} is not supported locally`),
  RecursiveLoop: 'harmless',
  ReservedConcurrentExecutions: 'honoured',
  Role: 'honoured',
  Runtime: (value) => (value === RUNTIME ? undefined : `${String(value)} is not supported locally, only ${RUNTIME}`),
  RuntimeManagementConfig: 'harmless',
  Tags: 'harmless',
  Timeout: 'honoured',
  TracingConfig: 'harmless',
};

const INVOKE_CONFIG_SUPPORT: PropertySupport = {
  DestinationConfig: 'honoured',
  FunctionName: 'honoured',
  MaximumEventAgeInSeconds: 'honoured',
  MaximumRetryAttempts: 'honoured',
  Qualifier: (value) => (value === '$LATEST' ? undefined : `${String(value)} is not supported locally, only $LATEST`),
};

export function refuseFunctionResource(resource: ResolvedResource): string | undefined {
  return refuseUnlisted(resource, resource.type === 'AWS::Lambda::Function' ? SUPPORT : INVOKE_CONFIG_SUPPORT);
}

export function readFunction(resource: ResolvedResource): FunctionDefinition {
  const { properties } = resource;
  const variables = objectOf(objectOf(properties, 'Environment'), 'Variables');
  return {
    name: resource.physicalId,
    arn: resource.arn,
    roleArn: String(properties.Role),
    handler: String(properties.Handler),
    folder: String(objectOf(properties, 'Code').Folder),
    memoryMb: asNumber(properties.MemorySize) ?? 128,
    timeoutMs: (asNumber(properties.Timeout) ?? 3) * 1000,
    reservedConcurrency: asNumber(properties.ReservedConcurrentExecutions),
    environment: Object.fromEntries(Object.entries(variables).map(([name, value]) => [name, String(value)])),
    deadLetterArn: optionalText(objectOf(properties, 'DeadLetterConfig'), 'TargetArn'),
  };
}

/** How events that nobody waits for are retried and where they end. */
export interface AsyncSettings {
  readonly maxRetries: number;
  readonly maxAgeMs: number;
  readonly onSuccessArn: string | undefined;
  readonly onFailureArn: string | undefined;
}

export const DEFAULT_ASYNC: AsyncSettings = {
  maxRetries: 2,
  maxAgeMs: 6 * 3_600_000,
  onSuccessArn: undefined,
  onFailureArn: undefined,
};

export function readAsyncSettings(resource: ResolvedResource): { readonly functionName: string } & AsyncSettings {
  const destinations = objectOf(resource.properties, 'DestinationConfig');
  const maxAgeSeconds = asNumber(resource.properties.MaximumEventAgeInSeconds);
  return {
    functionName: nameOf(String(resource.properties.FunctionName)),
    maxRetries: asNumber(resource.properties.MaximumRetryAttempts) ?? DEFAULT_ASYNC.maxRetries,
    maxAgeMs: maxAgeSeconds === undefined ? DEFAULT_ASYNC.maxAgeMs : maxAgeSeconds * 1000,
    onSuccessArn: optionalText(objectOf(destinations, 'OnSuccess'), 'Destination'),
    onFailureArn: optionalText(objectOf(destinations, 'OnFailure'), 'Destination'),
  };
}

/** A name, an ARN, or an ARN with `:$LATEST`. */
export function nameOf(functionNameOrArn: string): string {
  const parts = functionNameOrArn.split(':');
  const at = parts.indexOf('function');
  return at >= 0 ? (parts[at + 1] ?? '') : (parts[0] ?? '');
}
