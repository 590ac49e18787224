import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type { Route } from '../../contracts/route.ts';
import { createTelemetry } from '../telemetry.ts';
import { answerHeaders } from './answer-headers.ts';
import { admit, type HttpOptions, type RouteRequest } from './api-handler.ts';
import { requestIdOf } from './parse-request.ts';
import { appErrorOf, problemAnswer } from './problem-response.ts';

/** Routes that answer with a file. */
export type FileRouteName = 'exportMetrics' | 'exportAudit';

export interface FileAnswer {
  /** Letters, digits, dots, hyphens and underscores. */
  readonly name: string;
  readonly contentType: string;
  readonly body: AsyncIterable<string | Uint8Array>;
}
/** Answers only after everything that can be refused has been checked: a stream has one status. */
export type FileCase<N extends FileRouteName> = (request: RouteRequest<N>) => Promise<FileAnswer>;

/**
 * The handler of a function that streams a file. Errors before the first byte are problems like everywhere. A later one breaks
 * the connection off without its regular end, so that a client sees an error and never takes a part for the whole.
 */
export function fileHandler<N extends FileRouteName>(
  own: Readonly<Record<N, Route>>,
  open: FileCase<N>,
  options: HttpOptions,
) {
  const base = options.telemetry ?? createTelemetry();

  function problem(event: APIGatewayProxyEvent, thrown: unknown) {
    const error = appErrorOf(thrown);
    const requestId = requestIdOf(event);
    const { body, ...prelude } = problemAnswer(error, requestId);
    if (prelude.statusCode >= 500) base.error('request failed', error, { requestId, resource: event.resource });
    return { ...prelude, body: Readable.from([body]) };
  }

  async function answer(event: APIGatewayProxyEvent) {
    const { request } = admit(own, event);
    const file = await open(request as RouteRequest<N>);
    return {
      statusCode: 200,
      headers: {
        'content-type': file.contentType,
        'content-disposition': `attachment; filename="${file.name}"`,
        'access-control-expose-headers': 'Content-Disposition, X-Request-Id',
      },
      body: Readable.from(file.body, { objectMode: true, highWaterMark: 2 }),
    };
  }

  return awslambda.streamifyResponse(async (event: APIGatewayProxyEvent, wire) => {
    const { body, ...prelude } = await answer(event).catch((error) => problem(event, error));
    const headers = { ...answerHeaders(requestIdOf(event), options.allowedOrigin), ...prelude.headers };
    const out = awslambda.HttpResponseStream.from(wire, { ...prelude, headers });
    try {
      await pipeline(body, out);
    } catch (error) {
      base.error('file broke off', error, { requestId: requestIdOf(event), resource: event.resource });
      throw error;
    }
  });
}
