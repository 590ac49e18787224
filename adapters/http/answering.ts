import middy, { type Request } from '@middy/core';
import type { APIGatewayProxyEvent, APIGatewayProxyResult, Context } from 'aws-lambda';
import { AppError } from '../../domain/errors.ts';
import { createTelemetry, type Telemetry } from '../telemetry.ts';
import { answerHeaders } from './answer-headers.ts';
import { requestIdOf } from './parse-request.ts';
import { appErrorOf, type HttpAnswer, problemAnswer } from './problem-response.ts';

/** Left for writing the answer when the function's time runs out. */
const timeoutReserveMillis = 500;

/** Headers that go with the answer, whether it is one or a problem. */
export type TellHeaders = (headers: Readonly<Record<string, string>>) => void;

export interface AnsweringOptions {
  /** The origin whose scripts may read answers, unless the work tells another; none where it is not given. */
  readonly allowedOrigin?: string | undefined;
  readonly telemetry?: Telemetry;
  readonly now?: () => number;
}

/** What every function behind the REST API does around its work: time, headers, problems, one line a request. Never throws. */
export function answering(
  options: AnsweringOptions,
  work: (event: APIGatewayProxyEvent, tell: TellHeaders) => Promise<HttpAnswer>,
) {
  const now = options.now ?? Date.now;
  const base = options.telemetry ?? createTelemetry();
  type Exchange = Request<APIGatewayProxyEvent, APIGatewayProxyResult>;
  const startedAt = new WeakMap<object, number>();
  const told = new WeakMap<object, Readonly<Record<string, string>>>();
  const finish = (exchange: Exchange, answer: HttpAnswer): void => {
    const requestId = requestIdOf(exchange.event);
    exchange.response = {
      ...answer,
      headers: {
        ...answerHeaders(requestId, options.allowedOrigin),
        ...answer.headers,
        ...told.get(exchange.event),
      },
    };
    base.info('answered', {
      requestId,
      method: exchange.event.httpMethod,
      resource: exchange.event.resource,
      status: answer.statusCode,
      milliseconds: now() - (startedAt.get(exchange.event) ?? now()),
    });
  };
  return middy<APIGatewayProxyEvent, APIGatewayProxyResult>({
    timeoutEarlyInMillis: timeoutReserveMillis,
    timeoutEarlyResponse: () => {
      throw new AppError('timeout', 'The function ran out of time.');
    },
  })
    .before((exchange) => void startedAt.set(exchange.event, now()))
    .after((exchange) => finish(exchange, exchange.response as HttpAnswer))
    .onError((exchange) => {
      const error = appErrorOf(exchange.error);
      const requestId = requestIdOf(exchange.event);
      const answer = problemAnswer(error, requestId);
      if (answer.statusCode >= 500) {
        base.error('request failed', error, { requestId, resource: exchange.event.resource });
      }
      finish(exchange, answer);
    })
    .handler((event: APIGatewayProxyEvent, _context: Context) =>
      work(event, (headers) => told.set(event, { ...told.get(event), ...headers })),
    );
}
