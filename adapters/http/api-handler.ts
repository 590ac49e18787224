import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Route } from '../../contracts/route.ts';
import type { RouteName, routes } from '../../contracts/routes.ts';
import { AppError } from '../../domain/errors.ts';
import type { Telemetry } from '../telemetry.ts';
import { entityTag, matchesTag } from './answer-headers.ts';
import { answering, type TellHeaders } from './answering.ts';
import { type HttpEvent, header, parseRequest, requestIdOf } from './parse-request.ts';
import { type Principal, principalOf, requireScope } from './principal.ts';
import type { HttpAnswer } from './problem-response.ts';

type Routes = typeof routes;
type Output<N extends RouteName, Part extends string> =
  Routes[N] extends Record<Part, infer S extends z.ZodMiniType> ? z.output<S> : Readonly<Record<string, never>>;

/** A request that has passed: who asks, and what, by the route's schemas. */
export interface RouteRequest<N extends RouteName> {
  readonly principal: Principal;
  readonly path: Output<N, 'pathParams'>;
  readonly query: Output<N, 'query'>;
  readonly body: Output<N, 'body'>;
  readonly idempotencyKey: string | undefined;
  readonly ifMatch?: string | undefined;
  readonly requestId: string;
  /** Headers that go with the answer, whether it is one or a problem; absent where the answer is a stream. */
  readonly tell?: TellHeaders;
}
export type RouteAnswer<N extends RouteName> = z.output<Routes[N]['success']['schema']>;
export type RouteCase<N extends RouteName> = (request: RouteRequest<N>) => Promise<RouteAnswer<N>>;
export type RouteCases = { readonly [N in RouteName]?: RouteCase<N> };
/** Some of the contract's routes by name: those that one capability answers. */
export type RouteTable = Readonly<Partial<Record<RouteName, Route>>>;

export interface HttpOptions {
  /** The dashboard's origin, the only one whose scripts may read answers. */
  readonly allowedOrigin: string;
  readonly telemetry?: Telemetry;
  readonly now?: () => number;
}

/**
 * The handler of a function behind the REST API: its own routes and a case for each of them. Finds the route by resource and method,
 * checks the scope once more, parses by the route's schemas, and answers JSON or a problem. Never throws.
 */
export function apiHandler<N extends RouteName>(
  own: Readonly<Record<N, Route>>,
  cases: { readonly [K in N]: RouteCase<K> },
  options: HttpOptions,
) {
  return answering(options, (event, tell) => dispatch(own, cases as RouteCases, event, tell));
}

/** The route of an event and its parsed, authorised request; shared by plain and streaming answers. */
export function admit(
  own: RouteTable,
  event: HttpEvent,
  tell?: TellHeaders,
): { name: RouteName; route: Route; request: RouteRequest<RouteName> } {
  for (const [name, route] of Object.entries(own)) {
    if (route.path !== event.resource || route.method !== event.httpMethod) continue;
    const principal = principalOf(event);
    if (route.scope !== 'public') requireScope(principal, route.scope);
    const parsed = parseRequest(route, event);
    // The schemas just parsed by are the ones the request's type is made from.
    const request = {
      ...parsed,
      principal,
      requestId: requestIdOf(event),
      ...(tell && { tell }),
    } as RouteRequest<RouteName>;
    return { name: name as RouteName, route, request };
  }
  throw new AppError('not-found', 'There is nothing at this address.');
}

async function dispatch(
  own: RouteTable,
  cases: RouteCases,
  event: APIGatewayProxyEvent,
  tell: TellHeaders,
): Promise<HttpAnswer> {
  const { name, route, request } = admit(own, event, tell);
  const answer = cases[name] as RouteCase<RouteName>;
  // By the contract's schema: what a store knows beyond it stays inside.
  const body = JSON.stringify(route.success.schema.parse(await answer(request)));
  const headers: Record<string, string> = { 'content-type': 'application/json' };
  const tag = entityTag(body);
  if (route.conditional) return { statusCode: route.success.status, headers: { ...headers, etag: tag }, body };
  if (route.method !== 'GET') return { statusCode: route.success.status, headers, body };
  if (matchesTag(header(event, 'if-none-match'), tag)) return { statusCode: 304, headers: { etag: tag }, body: '' };
  return { statusCode: route.success.status, headers: { ...headers, etag: tag }, body };
}
