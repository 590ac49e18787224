import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import type * as z from 'zod/mini';
import type { Route } from '../../contracts/route.ts';
import { createTelemetry } from '../telemetry.ts';
import { answerHeaders } from './answer-headers.ts';
import { admit, type HttpOptions, type RouteAnswer, type RouteRequest } from './api-handler.ts';
import { requestIdOf } from './parse-request.ts';
import { appErrorOf, problemAnswer } from './problem-response.ts';
import { serverSentEvents } from './server-sent-events.ts';

/** Routes that answer with server-sent events. */
export type StreamingRouteName = 'watchEtlRun' | 'watchGenerationRun' | 'watchLive';

/** Answers the first event's source only after everything that can be refused has been checked: a stream has one status. */
export type StreamCase<N extends StreamingRouteName> = (
  request: RouteRequest<N>,
  signal: AbortSignal,
) => Promise<AsyncIterable<RouteAnswer<N>>>;

/**
 * The handler of a streaming function. Errors before the first event are problems like everywhere; later ones end the
 * stream, and the caller's `EventSource` comes back for the present state. Without middy: its streaming loads the web streams.
 */
export function streamHandler<N extends StreamingRouteName>(
  own: Readonly<Record<N, Route>>,
  open: StreamCase<N>,
  options: HttpOptions,
) {
  const [routeName] = Object.keys(own);
  const base = options.telemetry ?? createTelemetry();

  async function answer(event: APIGatewayProxyEvent) {
    const { request, route } = admit(own, event);
    const abort = new AbortController();
    const events = await open(request as RouteRequest<N>, abort.signal);
    const lines = serverSentEvents(inContract(events, route.success.schema), {
      onError: (error) => base.error('stream broke off', error, { requestId: request.requestId, route: routeName }),
    });
    return {
      statusCode: 200,
      headers: { 'content-type': 'text/event-stream; charset=utf-8' },
      body: readable(lines, abort),
    };
  }

  function problem(event: APIGatewayProxyEvent, thrown: unknown) {
    const error = appErrorOf(thrown);
    const requestId = requestIdOf(event);
    const { body, ...prelude } = problemAnswer(error, requestId);
    if (prelude.statusCode >= 500) base.error('request failed', error, { requestId, route: routeName });
    return { ...prelude, body: Readable.from([body]) };
  }

  return awslambda.streamifyResponse(async (event: APIGatewayProxyEvent, wire) => {
    const { body, ...prelude } = await answer(event).catch((error) => problem(event, error));
    const headers = { ...answerHeaders(requestIdOf(event), options.allowedOrigin), ...prelude.headers };
    const out = awslambda.HttpResponseStream.from(wire, { ...prelude, headers });
    await pipeline(body, out);
  });
}

async function* inContract(values: AsyncIterable<unknown>, schema: z.ZodMiniType): AsyncGenerator<unknown> {
  for await (const value of values) yield schema.parse(value);
}

/** A caller that goes away destroys the body. Whoever waits for the next change hears of it at once, not after its wait. */
function readable(lines: AsyncGenerator<string>, abort: AbortController): Readable {
  return new Readable({
    read() {
      lines.next().then(
        ({ done, value }) => this.push(done ? null : value),
        (error) => this.destroy(error),
      );
    },
    destroy(error, destroyed) {
      abort.abort();
      lines.return(undefined).then(
        () => destroyed(error),
        (failure) => destroyed(failure),
      );
    },
  });
}
