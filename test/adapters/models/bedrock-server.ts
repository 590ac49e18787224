import { createServer, type ServerHttp2Session } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { AwsAnswer } from '../aws-answers.ts';

/** Bedrock's wire on loopback: JSON over HTTP/2, which is what the SDK's client speaks. */
export async function serveBedrock(
  answer: (call: number, input: Record<string, unknown>) => AwsAnswer | Promise<AwsAnswer>,
) {
  const calls: { readonly operation: string; readonly input: Record<string, unknown> }[] = [];
  const sessions = new Set<ServerHttp2Session>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const input = JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>;
    calls.push({ operation: `${request.method} ${request.url}`, input });
    const { status = 200, body } = await answer(calls.length, input);
    if (response.stream.destroyed) return;
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.on('close', () => sessions.delete(session));
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const client = new BedrockRuntimeClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-central-1',
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  return {
    calls,
    client,
    async [Symbol.asyncDispose]() {
      client.destroy();
      for (const session of sessions) session.destroy();
      await new Promise<void>((closed) => server.close(() => closed()));
    },
  };
}
