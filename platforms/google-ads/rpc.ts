import { type CallOptions, type ChannelCredentials, credentials, Metadata } from '@grpc/grpc-js';
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
      callOptions: { ...call.callOptions, credentials: bearer },
    }),
    'grpc.enable_retries': 0,
    'grpc.service_config_disable_resolution': 1,
  };
}

function isSecure(endpoint: string): boolean {
  return endpoint.startsWith('https:');
}
