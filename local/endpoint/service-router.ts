/** From a signed request to a service's answer: caller, permissions, service, error format. The same for HTTP and for calls inside. */
import type { AccessControl } from '../iam/access-control.ts';
import { AwsError, type AwsRequest, type AwsResponse, type Caller, type LocalService } from '../ports.ts';
import { isObject } from '../services/json-protocol.ts';

/** How services that do not answer errors in AWS JSON name a refusal. */
const ACCESS_DENIED: Readonly<Record<string, { readonly code: string; readonly status: number }>> = {
  s3: { code: 'AccessDenied', status: 403 },
  lambda: { code: 'AccessDeniedException', status: 403 },
  scheduler: { code: 'AccessDeniedException', status: 403 },
};

/** What a service inside the runtime asks of another, without a socket. */
export interface ServiceCall {
  readonly service: string;
  readonly caller: Caller;
  readonly method?: string;
  readonly path?: string;
  readonly query?: URLSearchParams;
  readonly headers?: Readonly<Record<string, string>>;
  readonly operation?: string;
  readonly body: Buffer | string;
}

export interface ServiceRouter {
  add(service: LocalService): void;
  /** Never throws: errors come as the service writes them. */
  answer(serviceName: string, request: AwsRequest): Promise<AwsResponse>;
  /** As the service answers; throws `AwsError` when it fails. */
  send(call: ServiceCall): Promise<AwsResponse>;
  /** A JSON operation of a service; throws `AwsError` when it fails. */
  call(call: ServiceCall): Promise<unknown>;
}

export interface RouterSettings {
  readonly accessControl: () => AccessControl;
  /** Errors that nobody planned, for the operator. */
  readonly log: (message: string, error: unknown) => void;
}

export function createServiceRouter({ accessControl, log }: RouterSettings): ServiceRouter {
  const services = new Map<string, LocalService>();

  const find = (name: string): LocalService => {
    const service = services.get(name);
    if (service === undefined) {
      throw new AwsError(
        'UnsupportedLocally',
        `There is no local ${name}. It works on AWS; see docs/local-runtime.md.`,
        501,
      );
    }
    return service;
  };
  const run = async (service: LocalService, request: AwsRequest): Promise<AwsResponse> => {
    for (const need of service.access(request)) {
      try {
        accessControl().check(request.caller, need);
      } catch (error) {
        const form = ACCESS_DENIED[service.name];
        throw form === undefined || !(error instanceof AwsError)
          ? error
          : new AwsError(form.code, error.message, form.status);
      }
    }
    return await service.handle(request);
  };

  const send = async (call: ServiceCall): Promise<AwsResponse> => {
    const response = await run(find(call.service), {
      method: call.method ?? 'POST',
      path: call.path ?? '/',
      query: call.query ?? new URLSearchParams(),
      headers: call.headers ?? { 'content-type': 'application/x-amz-json-1.1' },
      body: Buffer.from(call.body),
      operation: call.operation,
      caller: call.caller,
    });
    if (response.status >= 400) throw errorOf(response);
    return response;
  };

  return {
    add: (service) => {
      services.set(service.name, service);
    },
    answer: async (serviceName, request) => {
      const service = services.get(serviceName);
      try {
        return await run(service ?? find(serviceName), request);
      } catch (error) {
        if (!(error instanceof AwsError)) log(`${serviceName} ${request.operation ?? request.path} failed`, error);
        const failure =
          error instanceof AwsError
            ? error
            : new AwsError('InternalFailure', 'The service failed; its log says why.', 500);
        return service?.errorResponse?.(failure) ?? jsonError(failure);
      }
    },
    send,
    call: async (call) => {
      const { body } = await send(call);
      if (typeof body !== 'string' && !Buffer.isBuffer(body)) return undefined;
      const text = body.toString('utf8');
      return text === '' ? undefined : (JSON.parse(text) as unknown);
    },
  };
}

/** A service that passes on the answer of another process hands over its errors as answers. */
function errorOf(response: AwsResponse): AwsError {
  const text =
    typeof response.body === 'string' || Buffer.isBuffer(response.body) ? response.body.toString('utf8') : '';
  let body: Readonly<Record<string, unknown>> = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (isObject(parsed)) body = parsed;
  } catch {
    // Not JSON: the status alone is known.
  }
  const { __type: type, message, Message, ...fields } = body;
  const code =
    String(type ?? 'ServiceException')
      .split('#')
      .at(-1) ?? 'ServiceException';
  return new AwsError(code, String(message ?? Message ?? `HTTP ${response.status}`), response.status, fields);
}

/** AWS JSON 1.0/1.1 reads the body, REST-JSON the header, SQS the older query header as well. */
export function jsonError(error: AwsError): AwsResponse {
  return {
    status: error.status,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amzn-errortype': error.code,
      'x-amzn-query-error': `${error.code};${error.status < 500 ? 'Sender' : 'Receiver'}`,
    },
    body: JSON.stringify({ __type: error.code, message: error.message, ...error.fields }),
  };
}
