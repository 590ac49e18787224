import * as z from 'zod/mini';
import type { Route } from '../../contracts/routes.ts';

type Schema = Record<string, unknown>;

/** Keywords API Gateway's JSON Schema draft-4 validator does not know or gets wrong; the handler checks them again. */
const unknownToGateway = new Set([
  '$schema',
  '$id',
  'oneOf',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'format',
  'description',
  'id',
]);

const coarse = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.map(coarse);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(unknownToGateway.has(key) && typeof inner !== 'object'))
      .map(([key, inner]) => [key, coarse(inner)]),
  );
};

/** The gateway model of a route's body: coarse on purpose, since the handler parses with the full schema. */
export function gatewayModel(body: NonNullable<Route['body']>): Schema {
  const standalone = z.toJSONSchema(body, { target: 'draft-4', io: 'input' }) as Schema;
  const definitions = standalone.definitions as Record<string, Schema> | undefined;
  const reference = typeof standalone.$ref === 'string' ? standalone.$ref.replace('#/definitions/', '') : undefined;
  const root = reference === undefined ? standalone : definitions?.[reference];
  if (root === undefined) {
    throw new Error(`The model ${reference} is not among its own definitions`);
  }
  return { $schema: 'http://json-schema.org/draft-04/schema#', ...(coarse(root) as Schema) };
}

/** Query parameters the gateway insists on: those the schema requires. */
export function requiredQuery(query: Route['query']): Record<string, boolean> {
  if (query === undefined) {
    return {};
  }
  const schema = z.toJSONSchema(query, { target: 'draft-4', io: 'input' }) as {
    properties?: Schema;
    required?: string[];
  };
  return Object.fromEntries(
    Object.keys(schema.properties ?? {}).map((name) => [
      `method.request.querystring.${name}`,
      schema.required?.includes(name) ?? false,
    ]),
  );
}
