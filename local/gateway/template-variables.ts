/** The `$context` and `method.request` variables that gateway response templates and headers may use. */
import type { ApiDefinition } from './api-definition.ts';
import { type Exchange, headerOf } from './exchange.ts';
import { gatewayResponseTypes, type Refusal } from './gateway-response-types.ts';
import { requestTime } from './request-time.ts';

export interface TemplateScope {
  readonly api: ApiDefinition;
  readonly accountId: string;
  readonly exchange: Exchange;
  readonly refusal: Refusal;
  readonly status: number;
}

export type Variable = (scope: TemplateScope) => string;

function messageOf({ refusal }: TemplateScope): string | null {
  return refusal.message ?? gatewayResponseTypes[refusal.type].message;
}

const contextVariables: Readonly<Record<string, Variable>> = {
  accountId: (scope) => scope.accountId,
  apiId: (scope) => scope.api.id,
  deploymentId: (scope) => scope.api.deploymentId,
  domainName: (scope) => headerOf(scope.exchange.request, 'host') ?? '',
  'error.message': (scope) => messageOf(scope) ?? '',
  /** Quoted: a JSON string of its own. */
  'error.messageString': (scope) => JSON.stringify(messageOf(scope)),
  'error.responseType': (scope) => scope.refusal.type,
  'error.validationErrorString': (scope) => scope.refusal.validationError ?? '',
  extendedRequestId: (scope) => scope.exchange.extendedRequestId,
  httpMethod: (scope) => scope.exchange.httpMethod,
  'identity.apiKeyId': (scope) => scope.exchange.apiKey?.id ?? '',
  'identity.sourceIp': (scope) => scope.exchange.sourceIp,
  'identity.userAgent': (scope) => headerOf(scope.exchange.request, 'user-agent') ?? '',
  path: (scope) => scope.exchange.path,
  protocol: (scope) => `HTTP/${scope.exchange.request.httpVersion}`,
  requestId: (scope) => scope.exchange.requestId,
  requestTime: (scope) => requestTime(scope.exchange.startedAt),
  requestTimeEpoch: (scope) => String(scope.exchange.startedAt),
  resourceId: (scope) => scope.exchange.resourceId,
  resourcePath: (scope) => scope.exchange.resourcePath,
  /** Not in AWS's table of variables, yet filled in there; templates use it. */
  responseType: (scope) => scope.refusal.type,
  stage: (scope) => scope.api.stage,
  status: (scope) => String(scope.status),
};

/** `context.requestId`, `stageVariables.x`, `method.request.header.Origin`. Throws for a name that means nothing here. */
export function variable(name: string, where: string): Variable {
  if (name.startsWith('context.')) {
    const rest = name.slice('context.'.length);
    const known = Object.hasOwn(contextVariables, rest) ? contextVariables[rest] : undefined;
    if (known !== undefined) return known;
    if (rest.startsWith('authorizer.claims.')) {
      const claim = rest.slice('authorizer.claims.'.length);
      return (scope) => scope.exchange.claims?.[claim] ?? '';
    }
  }
  const request = /^method\.request\.(header|querystring|path)\.([\w-]+)$/.exec(name);
  const key = request?.[2];
  if (key !== undefined) {
    if (request?.[1] === 'header') return (scope) => headerOf(scope.exchange.request, key) ?? '';
    if (request?.[1] === 'querystring') return (scope) => scope.exchange.query.get(key) ?? '';
    return (scope) => scope.exchange.pathParameters?.[key] ?? '';
  }
  if (name.startsWith('stageVariables.')) {
    return (scope) => scope.api.stageVariables[name.slice('stageVariables.'.length)] ?? '';
  }
  throw new Error(`${where} uses $${name}, which the local gateway does not know.`);
}
