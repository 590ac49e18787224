/**
 * API Gateway models are JSON Schema draft 4; ajv reads draft 7. The two differ, for what models may use, in the names
 * of the identifier and in exclusive bounds being flags of `minimum` and `maximum`.
 */
import { isObject } from '../services/json-protocol.ts';

/** The same schema in draft 7. Literal values (`enum`, `default`) are left alone. */
export function fromDraft04(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(fromDraft04);
  if (!isObject(schema)) return schema;
  const converted: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(schema)) {
    if (key === '$schema' || key === 'id' || key === 'modelId') continue;
    if (key === 'enum' || key === 'default' || key === 'example') converted[key] = value;
    else if (key === 'properties' || key === 'patternProperties' || key === 'definitions')
      converted[key] = eachValue(value);
    else converted[key] = fromDraft04(value);
  }
  exclusiveBound(converted, 'minimum', 'exclusiveMinimum');
  exclusiveBound(converted, 'maximum', 'exclusiveMaximum');
  return converted;
}

/** The keys here are the user's, not the schema language's. */
function eachValue(value: unknown): unknown {
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, schema]) => [name, fromDraft04(schema)]));
}

function exclusiveBound(schema: Record<string, unknown>, bound: string, flag: string): void {
  if (typeof schema[flag] !== 'boolean') return;
  const exclusive = schema[flag] === true;
  delete schema[flag];
  if (!exclusive) return;
  schema[flag] = schema[bound];
  delete schema[bound];
}
