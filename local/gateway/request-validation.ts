/** Request validators: parameters that must be there, bodies that must fit their model. */
import { Ajv, type ValidateFunction } from 'ajv';
import type { ApiDefinition, MethodDefinition } from './api-definition.ts';
import { fromDraft04 } from './draft-04.ts';
import { type Exchange, headerOf } from './exchange.ts';
import type { Refusal } from './gateway-response-types.ts';

/** How models refer to one another: `https://apigateway.amazonaws.com/restapis/{api}/models/{name}`. */
const modelUrl = (api: ApiDefinition, name: string) =>
  `https://apigateway.amazonaws.com/restapis/${api.id}/models/${name}`;

/** Compiles every model once; a schema that cannot be compiled stops the start with its name. */
export function compileModels(api: ApiDefinition): ReadonlyMap<string, ValidateFunction> {
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false, logger: false });
  for (const [name, schema] of api.models) {
    const converted = fromDraft04(schema);
    ajv.addSchema(typeof converted === 'object' && converted !== null ? converted : {}, modelUrl(api, name));
  }
  return new Map(
    [...api.models.keys()].map((name) => {
      try {
        const validate = ajv.getSchema(modelUrl(api, name));
        if (validate === undefined) throw new Error('it was not compiled');
        return [name, validate];
      } catch (error) {
        throw new Error(`Model ${name} cannot be used: ${error instanceof Error ? error.message : String(error)}`);
      }
    }),
  );
}

export function checkParameters(method: MethodDefinition, exchange: Exchange): Refusal | undefined {
  const missing = method.requiredParameters.filter((parameter) => {
    const [location, ...rest] = parameter.split('.');
    const name = rest.join('.');
    if (location === 'querystring') return (exchange.query.get(name) ?? '') === '';
    if (location === 'header') return (headerOf(exchange.request, name) ?? '') === '';
    return (exchange.pathParameters?.[name] ?? '') === '';
  });
  if (missing.length === 0) return undefined;
  const names = missing.map((parameter) => parameter.slice(parameter.indexOf('.') + 1)).join(', ');
  const message = `Missing required request parameters: [${names}]`;
  return { type: 'BAD_REQUEST_PARAMETERS', message, validationError: message };
}

/** A content type without a model of its own passes, as on AWS: the function reads it and decides. */
export function checkBody(
  method: MethodDefinition,
  models: ReadonlyMap<string, ValidateFunction>,
  contentType: string | undefined,
  body: Buffer,
): Refusal | undefined {
  const mediaType = contentType?.split(';')[0]?.trim().toLowerCase() ?? 'application/json';
  const model = method.bodyModels[mediaType] ?? method.bodyModels.$default;
  const validate = model === undefined ? undefined : models.get(model);
  if (validate === undefined) return undefined;
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString('utf8'));
  } catch {
    return { type: 'BAD_REQUEST_BODY', validationError: '[the body is not JSON]' };
  }
  if (validate(parsed)) return undefined;
  const [first] = validate.errors ?? [];
  return {
    type: 'BAD_REQUEST_BODY',
    validationError: describe(first?.instancePath ?? '', first?.message ?? 'is not valid'),
  };
}

/** Templates put this between quotes unescaped, so nothing of the caller's may end the string. */
function describe(path: string, message: string): string {
  const printable = [...`${path === '' ? 'body' : path} ${message}`].filter(
    (letter) => letter >= ' ' && letter !== '"' && letter !== '\\',
  );
  return `[${printable.join('').slice(0, 300)}]`;
}
