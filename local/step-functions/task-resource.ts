/** What a Task's `Resource` may be, as a table; everything else is refused when the machine is created. */

export type CallPattern = 'request' | 'sync' | 'sync:2' | 'token';

export interface TaskResource {
  /** `function` is a plain Lambda ARN; `sdk` is `aws-sdk:<service>:<action>`. */
  readonly kind: 'function' | 'lambda' | 'start-execution' | 'service' | 'sdk';
  /** As events name it: `lambda`, `states`, `dynamodb`, `aws-sdk:athena`. */
  readonly resourceType: string;
  /** As events name it: `invoke`, `startExecution.sync:2`, or the function's ARN. */
  readonly resource: string;
  readonly service: string;
  readonly action: string;
  readonly pattern: CallPattern;
  /** Prefix of the error names this integration reports. */
  readonly errorPrefix: string;
}

interface Integration {
  readonly kind: TaskResource['kind'];
  readonly patterns: readonly CallPattern[];
  readonly errorPrefix: string;
}

const dynamo: Integration = { kind: 'service', patterns: ['request'], errorPrefix: 'DynamoDB' };

/** Optimised integrations by `service:action`. */
const integrations: Readonly<Record<string, Integration>> = {
  'lambda:invoke': { kind: 'lambda', patterns: ['request', 'token'], errorPrefix: 'Lambda' },
  'states:startExecution': {
    kind: 'start-execution',
    patterns: ['request', 'sync', 'sync:2'],
    errorPrefix: 'StepFunctions',
  },
  'events:putEvents': { kind: 'service', patterns: ['request', 'token'], errorPrefix: 'EventBridge' },
  'sqs:sendMessage': { kind: 'service', patterns: ['request', 'token'], errorPrefix: 'SQS' },
  'dynamodb:getItem': dynamo,
  'dynamodb:putItem': dynamo,
  'dynamodb:updateItem': dynamo,
  'dynamodb:deleteItem': dynamo,
};

const suffixes: Readonly<Record<string, CallPattern>> = {
  '': 'request',
  '.sync': 'sync',
  '.sync:2': 'sync:2',
  '.waitForTaskToken': 'token',
};

/** SDK prefixes follow the Java SDK's client names; the first letter in upper case is right for the rest. */
const sdkPrefixes: Readonly<Record<string, string>> = {
  dynamodb: 'DynamoDb',
  eventbridge: 'EventBridge',
  secretsmanager: 'SecretsManager',
  bedrockruntime: 'BedrockRuntime',
};

/** A string is the reason why the resource is refused. */
export function parseTaskResource(arn: string): TaskResource | string {
  if (/^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]+(:[\w$-]+)?$/.test(arn)) {
    return {
      kind: 'function',
      resourceType: 'lambda',
      resource: arn,
      service: 'lambda',
      action: 'invoke',
      pattern: 'request',
      errorPrefix: 'Lambda',
    };
  }
  const match = /^arn:aws[a-z-]*:states:[a-z0-9-]*:\d*:((aws-sdk):)?([\w-]+):(\w+)((?:\..+)?)$/.exec(arn);
  const [, , sdk, service, action, suffix = ''] = match ?? [];
  if (service === undefined || action === undefined) return `Resource "${arn}" is not supported`;
  const pattern = suffixes[suffix];
  if (pattern === undefined) return `Resource "${arn}" ends in an unknown call pattern`;
  if (sdk !== undefined) {
    if (pattern === 'sync' || pattern === 'sync:2') return `Resource "${arn}": AWS SDK integrations have no .sync`;
    const errorPrefix = sdkPrefixes[service] ?? service.charAt(0).toUpperCase() + service.slice(1);
    const resource = `${action}${suffix}`;
    return { kind: 'sdk', resourceType: `aws-sdk:${service}`, resource, service, action, pattern, errorPrefix };
  }
  const key = `${service}:${action}`;
  const integration = Object.hasOwn(integrations, key) ? integrations[key] : undefined;
  if (integration === undefined) {
    return `Resource "${arn}" is not supported; known are ${Object.keys(integrations).join(', ')} and aws-sdk:<service>:<action>`;
  }
  if (!integration.patterns.includes(pattern)) return `Resource "${arn}": ${key} does not support "${suffix}"`;
  return {
    kind: integration.kind,
    resourceType: service,
    resource: `${action}${suffix}`,
    service,
    action,
    pattern,
    errorPrefix: integration.errorPrefix,
  };
}
