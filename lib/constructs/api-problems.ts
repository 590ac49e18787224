import { GatewayResponse, type IRestApi, ResponseType } from 'aws-cdk-lib/aws-apigateway';
import type { Construct } from 'constructs';
import { type ProblemCode, problemCodes, problemType } from '../../contracts/schemas/problem.ts';

/** What the gateway refuses itself reads like what a handler refuses: the same problem format, nothing leaked. */
export function answerProblems(scope: Construct, restApi: IRestApi, dashboardOrigin: string): void {
  for (const { type, code, detail } of gatewayProblems) {
    const { status, title } = problemCodes[code];
    const body = {
      type: problemType(code),
      title,
      status,
      code,
      ...(detail === undefined ? {} : { detail }),
      requestId: '$context.requestId',
    };
    new GatewayResponse(scope, `${type.responseType}Problem`, {
      restApi,
      type,
      statusCode: String(status),
      responseHeaders: {
        'Access-Control-Allow-Origin': `'${dashboardOrigin}'`,
        'X-Request-Id': 'context.requestId',
        'Content-Type': "'application/problem+json'",
      },
      templates: { 'application/json': JSON.stringify(body) },
    });
  }
}

/** Which gateway refusal becomes which problem. `$context.error…` is text of API Gateway, about the caller's own request. */
const gatewayProblems: readonly { type: ResponseType; code: ProblemCode; detail?: string }[] = [
  {
    type: ResponseType.UNAUTHORIZED,
    code: 'unauthenticated',
    detail: 'Send a valid access token as "Authorization: Bearer <token>".',
  },
  { type: ResponseType.EXPIRED_TOKEN, code: 'unauthenticated', detail: 'The access token has expired; get a new one.' },
  { type: ResponseType.ACCESS_DENIED, code: 'forbidden', detail: 'The token lacks the scope this route needs.' },
  {
    type: ResponseType.WAF_FILTERED,
    code: 'forbidden',
    detail: 'The firewall refused the request: it comes too often, lacks a User-Agent or looks like an attack.',
  },
  { type: ResponseType.INVALID_API_KEY, code: 'forbidden', detail: 'The API key is not known.' },
  { type: ResponseType.MISSING_AUTHENTICATION_TOKEN, code: 'not-found', detail: 'No route has this method and path.' },
  { type: ResponseType.RESOURCE_NOT_FOUND, code: 'not-found', detail: 'No route has this method and path.' },
  {
    type: ResponseType.BAD_REQUEST_PARAMETERS,
    code: 'invalid-request',
    detail: '$context.error.validationErrorString',
  },
  {
    type: ResponseType.BAD_REQUEST_BODY,
    code: 'invalid-request',
    detail: 'The body does not fit the route’s schema; see the API reference.',
  },
  { type: ResponseType.REQUEST_TOO_LARGE, code: 'too-large', detail: 'A request body may hold at most 1 MiB.' },
  { type: ResponseType.UNSUPPORTED_MEDIA_TYPE, code: 'unsupported-media-type', detail: 'Send application/json.' },
  { type: ResponseType.THROTTLED, code: 'rate-limited', detail: 'Slow down and try again.' },
  { type: ResponseType.QUOTA_EXCEEDED, code: 'rate-limited', detail: 'The quota of this key is used up.' },
  { type: ResponseType.INTEGRATION_TIMEOUT, code: 'timeout' },
  { type: ResponseType.INTEGRATION_FAILURE, code: 'internal' },
  { type: ResponseType.DEFAULT_5XX, code: 'internal' },
];
