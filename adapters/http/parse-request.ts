import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Route } from '../../contracts/route.ts';
import { AppError, type FieldError } from '../../domain/errors.ts';
import { fieldErrorsOf } from './describe-issues.ts';

/** Larger bodies are refused unread. */
export const maximumBodyBytes = 1_048_576;

const idempotencyKeyPattern = /^[\x21-\x7e]{1,128}$/;
const requestIdPattern = /^[A-Za-z0-9._-]{8,128}$/;
const jsonType = /^application\/json\s*(;|$)/i;

export type HttpEvent = Pick<
  APIGatewayProxyEvent,
  | 'resource'
  | 'httpMethod'
  | 'headers'
  | 'pathParameters'
  | 'queryStringParameters'
  | 'multiValueQueryStringParameters'
  | 'body'
  | 'isBase64Encoded'
  | 'requestContext'
>;

/** Header names arrive in whatever case the caller wrote. */
export function header(event: Pick<HttpEvent, 'headers'>, name: string): string | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(event.headers ?? {}).find(([key]) => key.toLowerCase() === wanted)?.[1];
}

/** The caller's `X-Request-Id` when it is a plain token, else the gateway's. */
export function requestIdOf(event: Pick<HttpEvent, 'headers' | 'requestContext'>): string {
  const given = header(event, 'x-request-id');
  return given !== undefined && requestIdPattern.test(given) ? given : event.requestContext.requestId;
}

export interface ParsedRequest {
  readonly path: unknown;
  readonly query: unknown;
  readonly body: unknown;
  readonly idempotencyKey: string | undefined;
  /** As it was sent; only routes that are `conditional` look at it. */
  readonly ifMatch: string | undefined;
}

/** Path, query, headers and body by the route's schemas. Throws one `AppError` that lists all that is wrong. */
export function parseRequest(route: Route, event: HttpEvent): ParsedRequest {
  const errors: FieldError[] = [];
  const parse = (schema: z.ZodMiniType | undefined, given: unknown, whole: string): unknown => {
    const parsed = schema?.safeParse(given, { reportInput: true });
    if (parsed === undefined) return {};
    if (parsed.success) return parsed.data;
    errors.push(...fieldErrorsOf(parsed.error.issues, whole));
    return {};
  };
  for (const [name, values] of Object.entries(event.multiValueQueryStringParameters ?? {})) {
    if ((values?.length ?? 0) > 1) errors.push({ field: name.slice(0, 200), message: 'is given more than once' });
  }
  const idempotencyKey = route.idempotent ? header(event, 'idempotency-key') : undefined;
  if (idempotencyKey !== undefined && !idempotencyKeyPattern.test(idempotencyKey)) {
    errors.push({ field: 'Idempotency-Key', message: 'must be 1 to 128 visible ASCII characters' });
  }
  const request: ParsedRequest = {
    path: parse(route.pathParams, event.pathParameters ?? {}, 'path'),
    query: parse(route.query, event.queryStringParameters ?? {}, 'query'),
    body: route.body === undefined ? {} : parse(route.body, readJson(event), 'body'),
    idempotencyKey,
    ifMatch: route.conditional ? header(event, 'if-match') : undefined,
  };
  if (route.query === undefined) {
    for (const name of Object.keys(event.queryStringParameters ?? {})) {
      errors.push({ field: name.slice(0, 200), message: 'is not known' });
    }
  }
  if (errors.length > 0) {
    throw new AppError('invalid-request', 'Some fields are not valid; `errors` lists each with what to send instead.', {
      fields: errors,
    });
  }
  return request;
}

/** An absent body is an empty object: the schema decides whether that is enough. */
function readJson(event: HttpEvent): unknown {
  if (event.body === null || event.body === undefined || event.body === '') return {};
  const bytes = Buffer.from(event.body, event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length > maximumBodyBytes) {
    throw new AppError('too-large', `The body has ${bytes.length} bytes; at most ${maximumBodyBytes} are taken.`);
  }
  const type = header(event, 'content-type');
  if (type === undefined || !jsonType.test(type)) {
    throw new AppError('unsupported-media-type', 'Send the body as application/json.');
  }
  try {
    return JSON.parse(bytes.toString('utf8'));
  } catch {
    throw new AppError('invalid-request', 'The body is not valid JSON.', {
      fields: [{ field: 'body', message: 'is not valid JSON' }],
    });
  }
}
