import { buffer } from 'node:stream/consumers';
import type { SignedFetch } from '../../../adapters/signed-fetch.ts';
import type { LocalService } from '../../../local/ports.ts';
import { operator, responseOf } from './serve-service.ts';

/**
 * One service asked without a port, a signature or a socket, for tests of many thousand calls: their adapters and the service
 * are the real ones, and what lies between is tested where each of the two is.
 */
export const inProcess =
  (service: LocalService): SignedFetch =>
  async (url, { method, headers = {}, body }) => {
    const { pathname, searchParams } = new URL(url);
    const response = await responseOf(service, async () =>
      service.handle({
        method,
        path: pathname,
        query: searchParams,
        headers,
        body: Buffer.from(body ?? ''),
        operation: headers['x-amz-target']?.split('.').at(-1),
        caller: operator,
      }),
    );
    const { body: answer } = response;
    const whole = answer === undefined || typeof answer === 'string' ? answer : new Uint8Array(await wholeOf(answer));
    return new Response(whole ?? null, { status: response.status, headers: { ...response.headers } });
  };

const wholeOf = async (body: Buffer | AsyncIterable<Uint8Array>): Promise<Buffer> =>
  Buffer.isBuffer(body) ? body : buffer(body);
