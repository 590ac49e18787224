import * as z from 'zod/mini';
import type { Route } from '../../contracts/route.ts';

type Schema = Record<string, unknown>;

/**
 * The gateway model of a route's body: an object with these fields, and no word about their values. The gateway's validator says
 * only that a body does not fit; the handler parses with the full schema and names every wrong field at once.
 */
export function gatewayModel(body: NonNullable<Route['body']>): Schema {
  return {
    $schema: 'http://json-schema.org/draft-04/schema#',
    type: 'object',
    properties: Object.fromEntries(Object.keys(body.def.shape).map((field) => [field, {}])),
  };
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
