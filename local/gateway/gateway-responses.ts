/** Answers of the gateway itself, shaped by the templates' AWS::ApiGateway::GatewayResponse resources. */
import type { ApiDefinition, GatewayResponseDefinition } from './api-definition.ts';
import { headerOf } from './exchange.ts';
import { gatewayResponseTypes, isGatewayResponseType } from './gateway-response-types.ts';
import { type TemplateScope, type Variable, variable } from './template-variables.ts';

interface RenderedResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

interface Compiled {
  readonly statusCode: number | undefined;
  readonly headers: readonly (readonly [string, Variable])[];
  /** Content type → body. */
  readonly templates: ReadonlyMap<string, Variable>;
}

/** `$context.requestId` or `${context.requestId}`. */
const reference =
  /\$(?:\{((?:context|stageVariables|method)\.[\w.-]*\w)\}|((?:context|stageVariables|method)\.[\w.-]*\w))/g;

/** AWS's own body where the templates say nothing. */
const defaultTemplate = compileTemplate('{"message":$context.error.messageString}', 'the default gateway response');

export class GatewayResponses {
  readonly #byType = new Map<string, Compiled>();
  readonly #api: ApiDefinition;
  readonly #accountId: string;

  constructor(api: ApiDefinition, accountId: string) {
    this.#api = api;
    this.#accountId = accountId;
    for (const definition of api.gatewayResponses) {
      if (!isGatewayResponseType(definition.type)) throw new Error(`Unknown gateway response type ${definition.type}.`);
      this.#byType.set(definition.type, compile(definition));
    }
  }

  render(scope: Omit<TemplateScope, 'api' | 'accountId' | 'status'>): RenderedResponse {
    const { type } = scope.refusal;
    const { status: ownStatus, error } = gatewayResponseTypes[type];
    const fallback = this.#byType.get(ownStatus < 500 ? 'DEFAULT_4XX' : 'DEFAULT_5XX');
    const found = this.#byType.get(type) ?? fallback;
    // A status on DEFAULT_4XX or DEFAULT_5XX overrides the status of every type that falls back to it.
    const status = found?.statusCode ?? ownStatus;
    const full: TemplateScope = { ...scope, api: this.#api, accountId: this.#accountId, status };
    const [contentType, template] = chooseTemplate(found, headerOf(scope.exchange.request, 'accept'));
    const headers: Record<string, string> = { 'Content-Type': contentType, 'x-amzn-ErrorType': error };
    for (const [name, value] of found?.headers ?? []) {
      // A template may set the content type in other capitals.
      headers[name.toLowerCase() === 'content-type' ? 'Content-Type' : name] = value(full);
    }
    return { status, headers, body: template(full) };
  }
}

function chooseTemplate(found: Compiled | undefined, accept: string | undefined): readonly [string, Variable] {
  const templates = found?.templates;
  if (templates === undefined || templates.size === 0) return ['application/json', defaultTemplate];
  const accepted = (accept ?? '').split(',').map((part) => part.split(';')[0]?.trim() ?? '');
  const wanted = [...accepted, 'application/json', ...templates.keys()].find((type) => templates.has(type));
  const template = wanted === undefined ? undefined : templates.get(wanted);
  return wanted === undefined || template === undefined ? ['application/json', defaultTemplate] : [wanted, template];
}

function compile(definition: GatewayResponseDefinition): Compiled {
  const where = `Gateway response ${definition.type}`;
  return {
    statusCode: definition.statusCode,
    headers: Object.entries(definition.parameters).map(([name, expression]) => [
      name.replace(/^gatewayresponse\.header\./, ''),
      compileExpression(String(expression), `${where}, ${name}`),
    ]),
    templates: new Map(
      Object.entries(definition.templates).map(([type, text]) => [
        type,
        compileTemplate(String(text), `${where}, ${type}`),
      ]),
    ),
  };
}

/** A header's value: `'literal'` or one variable. */
function compileExpression(expression: string, where: string): Variable {
  const literal = /^'(.*)'$/s.exec(expression)?.[1];
  return literal === undefined ? variable(expression, where) : () => literal;
}

/** Gateway responses know plain substitution only, no Velocity: directives and functions are refused. */
function compileTemplate(text: string, where: string): Variable {
  const velocity = /#(set|if|foreach|end)\b|\$(input|util)\b/.exec(text);
  if (velocity !== null) throw new Error(`${where} uses ${velocity[0]}; gateway responses substitute variables only.`);
  const parts: (string | Variable)[] = [];
  let end = 0;
  for (const found of text.matchAll(reference)) {
    parts.push(text.slice(end, found.index), variable(found[1] ?? found[2] ?? '', where));
    end = found.index + found[0].length;
  }
  parts.push(text.slice(end));
  return (scope) => parts.map((part) => (typeof part === 'string' ? part : part(scope))).join('');
}
