import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod/mini';
import { qualifiedScope, scopeNames, scopes } from '../../contracts/access.ts';
import type { Route } from '../../contracts/route.ts';
import { routes } from '../../contracts/routes.ts';
import { pageLimit } from '../../contracts/schemas/primitives.ts';
import { type ProblemCode, problemCodes } from '../../contracts/schemas/problem.ts';

export type JsonSchema = { [key: string]: unknown };

const component = (id: string): string => `#/components/schemas/${id}`;

/** The wire form of one schema, with registered schemas as references. */
function wireSchema(schema: z.ZodMiniType, io: 'input' | 'output'): JsonSchema {
  const registered = z.globalRegistry.get(schema)?.id;
  if (registered !== undefined) {
    return { $ref: component(registered) };
  }
  const {
    $schema: _dialect,
    $defs: _definitions,
    ...rest
  } = z.toJSONSchema(schema, { io, override: queryNumbers }) as JsonSchema;
  return referToComponents(rest) as JsonSchema;
}

/** A page size is text in a query string; callers think of it as the number it is. */
const queryNumbers = (context: { zodSchema: unknown; jsonSchema: JsonSchema }): void => {
  if (context.zodSchema === pageLimit) {
    for (const key of Object.keys(context.jsonSchema)) {
      delete context.jsonSchema[key];
    }
    Object.assign(context.jsonSchema, { type: 'integer', minimum: 1, maximum: 1000 });
  }
};

const referToComponents = (value: unknown): unknown => {
  if (Array.isArray(value)) {
    return value.map(referToComponents);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== '$schema' && key !== '$id')
      .map(([key, inner]) => [
        key,
        key === '$ref' && typeof inner === 'string'
          ? inner.replace('#/$defs/', component(''))
          : referToComponents(inner),
      ]),
  );
};

function components(): Record<string, JsonSchema> {
  const { schemas } = z.toJSONSchema(z.globalRegistry, { uri: component }) as { schemas: Record<string, JsonSchema> };
  return Object.fromEntries(
    Object.entries(schemas)
      .sort(([left], [right]) => (left < right ? -1 : 1))
      .map(([id, schema]) => [id, referToComponents(schema) as JsonSchema]),
  );
}

function parameters(route: Route): JsonSchema[] {
  const of = (schema: Route['query'], place: 'path' | 'query'): JsonSchema[] => {
    if (schema === undefined) {
      return [];
    }
    const { properties = {}, required = [] } = wireSchema(schema, 'input') as {
      properties?: Record<string, JsonSchema>;
      required?: string[];
    };
    return Object.entries(properties).map(([name, { description, ...inner }]) => ({
      name,
      in: place,
      required: place === 'path' || required.includes(name),
      ...(description === undefined ? {} : { description }),
      schema: inner,
    }));
  };
  const key: JsonSchema = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    description:
      'Any text of 1 to 255 characters. Repeating the request with the same key answers what the first one did.',
    schema: { type: 'string', minLength: 1, maxLength: 255 },
  };
  const match: JsonSchema = {
    name: 'If-Match',
    in: 'header',
    required: true,
    description: 'The ETag of the version you read; a newer one in its place is not overwritten.',
    schema: { type: 'string' },
  };
  return [
    ...of(route.pathParams, 'path'),
    ...of(route.query, 'query'),
    ...(route.idempotent ? [key] : []),
    ...(route.conditional ? [match] : []),
  ];
}

/** Which problems a route can answer with, beyond those every route can. */
function problems(route: Route): readonly ProblemCode[] {
  return [
    'invalid-request',
    ...(route.scope === 'public' ? [] : (['unauthenticated', 'forbidden'] as const)),
    ...(route.documentedBody === undefined ? [] : (['nothing-accepted', 'unavailable'] as const)),
    ...(route.pathParams === undefined ? [] : (['not-found'] as const)),
    ...(route.body === undefined ? [] : (['too-large', 'unsupported-media-type'] as const)),
    ...(route.idempotent ? (['idempotency-mismatch'] as const) : []),
    ...(route.conditional ? (['precondition-failed', 'precondition-required'] as const) : []),
    'rate-limited',
    'internal',
  ];
}

/** What a route answers with; a file's format is one of its parameters. */
const mediaTypes: Readonly<Record<NonNullable<Route['streaming']> | 'none', readonly string[]>> = {
  none: ['application/json'],
  events: ['text/event-stream'],
  file: ['text/csv', 'application/x-ndjson', 'application/vnd.apache.parquet'],
};

function operation(name: string, route: Route): JsonSchema {
  const { mediaType } = route.success;
  const media = mediaType === undefined ? mediaTypes[route.streaming ?? 'none'] : [mediaType];
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.path.split('/')[2]],
    security: route.scope === 'public' ? [] : [{ oauth: [qualifiedScope(route.scope)] }],
    parameters: parameters(route),
    ...(route.body === undefined
      ? {}
      : {
          requestBody: {
            required: true,
            content: { 'application/json': { schema: wireSchema(route.documentedBody ?? route.body, 'input') } },
          },
        }),
    responses: {
      [route.success.status]: {
        description:
          route.streaming === 'events' ? 'A stream of server-sent events; the data of each is' : route.summary,
        headers: {
          'X-Request-Id': { description: 'Names this request in logs and audit', schema: { type: 'string' } },
        },
        content: Object.fromEntries(
          media.map((type) => [type, { schema: wireSchema(route.success.schema, 'output') }]),
        ),
      },
      ...Object.fromEntries(
        problems(route).map((code) => [problemCodes[code].status, { $ref: `#/components/responses/${code}` }]),
      ),
    },
  };
}

/** The OpenAPI 3.1 document of the route table. */
export function openApiDocument(): JsonSchema {
  const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as {
    version: string;
  };
  const paths: Record<string, JsonSchema> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(name, route) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Conext Ads',
      version,
      description:
        'Ad automation across platforms. Money is integer micros with its currency; errors are RFC 9457 problem details.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '{apiUrl}', variables: { apiUrl: { default: 'http://127.0.0.1:4601' } } }],
    paths,
    components: {
      schemas: components(),
      responses: Object.fromEntries(
        Object.entries(problemCodes).map(([code, { title }]) => [
          code,
          { description: title, content: { 'application/problem+json': { schema: { $ref: component('Problem') } } } },
        ]),
      ),
      securitySchemes: {
        oauth: {
          type: 'oauth2',
          flows: {
            authorizationCode: {
              authorizationUrl: '/oauth2/authorize',
              tokenUrl: '/oauth2/token',
              scopes: Object.fromEntries(scopeNames.map((scope) => [qualifiedScope(scope), scopes[scope]])),
            },
            clientCredentials: {
              tokenUrl: '/oauth2/token',
              scopes: Object.fromEntries(scopeNames.map((scope) => [qualifiedScope(scope), scopes[scope]])),
            },
          },
        },
      },
    },
  };
}
