import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Route } from '../../contracts/route.ts';
import type { RouteName } from '../../contracts/routes.ts';
import { AppError } from '../../domain/errors.ts';
import type { Telemetry } from '../telemetry.ts';
import { answering, type TellHeaders } from './answering.ts';
import { header, requestIdOf } from './parse-request.ts';
import type { HttpAnswer } from './problem-response.ts';

/** A request without a token, as it came: the case knows whom to believe, often by the very bytes. */
export interface PublicRequest {
  readonly path: Readonly<Record<string, string | undefined>>;
  readonly query: Readonly<Record<string, string | undefined>>;
  readonly header: (name: string) => string | undefined;
  readonly body: Buffer;
  readonly requestId: string;
  readonly tell: TellHeaders;
}
export type PublicCase = (request: PublicRequest) => Promise<HttpAnswer>;

export interface PublicOptions {
  /** Larger bodies are refused unread. */
  readonly mostBytes: number;
  readonly telemetry?: Telemetry;
  readonly now?: () => number;
}

/**
 * The handler of a function whose routes are `public`: problems, headers and log lines like everywhere, no principal. No origin may
 * read an answer unless the case tells so.
 */
export function publicHandler<N extends RouteName>(
  own: Readonly<Record<N, Route & { readonly scope: 'public' }>>,
  cases: { readonly [K in N]: PublicCase },
  { mostBytes, ...options }: PublicOptions,
) {
  return answering(options, async (event, tell) => {
    const named = Object.entries<Route>(own).find(
      ([, { path, method }]) => path === event.resource && method === event.httpMethod,
    );
    if (named === undefined) throw new AppError('not-found', 'There is nothing at this address.');
    return cases[named[0] as N]({
      path: event.pathParameters ?? {},
      query: event.queryStringParameters ?? {},
      header: (name) => header(event, name),
      body: bytesOf(event, mostBytes),
      requestId: requestIdOf(event),
      tell,
    });
  });
}

function bytesOf(event: APIGatewayProxyEvent, most: number): Buffer {
  const bytes = Buffer.from(event.body ?? '', event.isBase64Encoded ? 'base64' : 'utf8');
  if (bytes.length <= most) return bytes;
  throw new AppError('too-large', `The body has ${bytes.length} bytes; at most ${most} are taken.`);
}
