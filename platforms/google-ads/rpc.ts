import { AsyncLocalStorage } from 'node:async_hooks';
import {
  type CallOptions,
  type ChannelCredentials,
  credentials,
  InterceptingCall,
  type Interceptor,
  Metadata,
} from '@grpc/grpc-js';
import type { AccessToken } from './access-token.ts';
import { rpcServices } from './rpc-services.ts';

/**
 * Left alone, the library below repeats every call, Mutate included, for up to four hours when the platform answers
 * UNAVAILABLE or nothing: one create can arrive three times. No method is repeated here and each has a deadline; reads
 * are repeated by the reader.
 */
function neverRepeated(timeoutMs: number): object {
  const retry_params = {
    default: {
      initial_retry_delay_millis: 0,
      retry_delay_multiplier: 1,
      max_retry_delay_millis: 0,
      initial_rpc_timeout_millis: timeoutMs,
      rpc_timeout_multiplier: 1,
      max_rpc_timeout_millis: timeoutMs,
      total_timeout_millis: timeoutMs,
    },
  };
  const once = { timeout_millis: timeoutMs, retry_codes_name: 'never', retry_params_name: 'default' };
  const interfaces = Object.values(rpcServices).map(({ proto, methods }) => [
    proto,
    { retry_codes: { never: [] }, retry_params, methods: Object.fromEntries(methods.map((method) => [method, once])) },
  ]);
  return { interfaces: Object.fromEntries(interfaces) };
}

/** Where the platform's own name of a call is put, for its support; the generated clients answer the message alone. */
export interface CallNote {
  requestId?: string;
}

const notes = new AsyncLocalStorage<CallNote>();

/** Runs one call and writes down what the platform called it, whatever became of it. */
export const noting = <T>(note: CallNote, call: () => Promise<T>): Promise<T> => notes.run(note, call);

const noteRequestId: Interceptor = (options, nextCall) => {
  const note = notes.getStore();
  const read = (metadata: Metadata) => {
    const requestId = metadata.get('request-id')[0];
    if (note !== undefined && requestId !== undefined) note.requestId = String(requestId);
  };
  return new InterceptingCall(nextCall(options), {
    start: (metadata, _listener, next) =>
      next(metadata, {
        onReceiveMetadata: (received, forward) => {
          read(received);
          forward(received);
        },
        onReceiveStatus: (status, forward) => {
          read(status.metadata);
          forward(status);
        },
      }),
  });
};

export function channelCredentials(endpoint: string): ChannelCredentials {
  return isSecure(endpoint) ? credentials.createSsl() : credentials.createInsecure();
}

/** Options of the generated clients: where `endpoint` (a base URL) is, our token on every call, and no hidden repetition. */
export function rpcChannelOptions(
  endpoint: string,
  token: AccessToken,
  timeoutMs: number,
): Readonly<Record<string, unknown>> {
  const url = new URL(endpoint);
  const bearer = credentials.createFromMetadataGenerator((_parameters, done) => {
    token.get().then(
      (value) => {
        const metadata = new Metadata();
        metadata.set('authorization', `Bearer ${value}`);
        done(null, metadata);
      },
      (error: Error) => done(error),
    );
  });
  return {
    servicePath: url.hostname,
    port: Number(url.port || (isSecure(endpoint) ? 443 : 80)),
    clientConfig: neverRepeated(timeoutMs),
    // Credentials of the call, not of the channel: a channel without TLS takes none.
    'grpc.callInvocationTransformer': <T extends { callOptions: CallOptions }>(call: T): T => ({
      ...call,
      callOptions: { ...call.callOptions, credentials: bearer, interceptors: [noteRequestId] },
    }),
    'grpc.enable_retries': 0,
    'grpc.service_config_disable_resolution': 1,
  };
}

function isSecure(endpoint: string): boolean {
  return endpoint.startsWith('https:');
}
