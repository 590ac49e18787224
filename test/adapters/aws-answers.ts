import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface AwsAnswer {
  readonly status?: number;
  readonly body: unknown;
}

/** A loopback AWS that answers each call as the test decides; `operation` is the part of X-Amz-Target after the dot, or method and URL. */
export async function serveAwsAnswers(
  answer: (operation: string, input: Record<string, unknown>, call: number) => AwsAnswer | Promise<AwsAnswer>,
) {
  const calls: { readonly operation: string; readonly input: Record<string, unknown> }[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    const input = text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
    const target = request.headers['x-amz-target'];
    const operation =
      typeof target === 'string' ? (target.split('.').at(-1) ?? '') : `${request.method} ${request.url}`;
    calls.push({ operation, input });
    const { status = 200, body } = await answer(operation, input, calls.length);
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    calls,
    endpoint,
    client: {
      endpoint,
      region: 'eu-central-1',
      maxAttempts: 1,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    },
    /** Configuration that leads every call here. */
    config: {
      aws: { region: 'eu-central-1', endpoint, s3Endpoint: undefined },
      credentials: { accessKeyId: 'test', secretAccessKey: 'test', sessionToken: undefined },
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
