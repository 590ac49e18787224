/** A gateway over real HTTP whose functions are plain handlers in the test. */
import { afterAll } from 'vitest';
import { createGateway, type Gateway, type GatewayDeps } from '../../../local/gateway/create-gateway.ts';
import type { GatewayFunctions } from '../../../local/gateway/function-port.ts';
import type { InvokeResult, ResolvedResource } from '../../../local/ports.ts';
import { foundation } from './api-fixture.ts';

type Handler = (event: unknown) => unknown;
type StreamHandler = (event: unknown, signal: AbortSignal | undefined) => AsyncIterable<Uint8Array>;

/** Throwing is the function's failure, as the function runtime reports it. */
export function functionsOf(
  handlers: Record<string, Handler>,
  streams: Record<string, StreamHandler> = {},
): GatewayFunctions {
  const nameOf = (arn: string) => arn.split(':').at(-1) ?? '';
  return {
    async invoke(arn, payload): Promise<InvokeResult> {
      try {
        return { ok: true, payload: await handlers[nameOf(arn)]?.(payload) };
      } catch (error) {
        return { ok: false, error: { errorType: 'Error', errorMessage: String(error) } };
      }
    },
    async invokeStreaming(arn, payload, options) {
      const handler = streams[nameOf(arn)];
      if (handler === undefined) throw new Error(`no function ${arn}`);
      return handler(payload, options?.signal);
    },
  };
}

const open = new Set<Gateway>();
afterAll(async () => {
  for (const gateway of open) await gateway.close();
});

export async function startGateway(
  resources: readonly ResolvedResource[],
  functions: GatewayFunctions,
  deps: Partial<GatewayDeps> = {},
): Promise<Gateway> {
  const unique = new Map([...foundation, ...resources].map((found) => [`${found.type} ${found.physicalId}`, found]));
  const gateway = await createGateway({
    resources: [...unique.values()],
    functions,
    userPools: [
      {
        arn: 'arn:aws:cognito-idp:eu-central-1:000000000000:userpool/eu-central-1_test',
        issuer: 'http://127.0.0.1:1',
        jwksUri: 'http://127.0.0.1:1/keys',
      },
    ],
    clock: Date.now,
    accountId: '000000000000',
    port: 0,
    closeGraceMs: 100,
    ...deps,
  });
  open.add(gateway);
  return gateway;
}
