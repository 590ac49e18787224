/** Sends requests to the emulator, over connections that stay open. */
import { Agent, request as httpRequest } from 'node:http';
import { AwsError, type AwsResponse } from '../../ports.ts';
import { isObject, type JsonObject } from '../json-protocol.ts';

const TIMEOUT_MS = 30_000;
export const TABLES_TARGET = 'DynamoDB_20120810';
export const STREAMS_TARGET = 'DynamoDBStreams_20120810';

interface RawAnswer {
  readonly status: number;
  readonly body: Buffer;
}

export class DatabaseClient {
  readonly #endpoint: () => Promise<string>;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(endpoint: () => Promise<string>) {
    this.#endpoint = endpoint;
  }

  async send(target: string, body: Buffer | string): Promise<RawAnswer> {
    const endpoint = await this.#endpoint().catch((error: unknown) => {
      throw new AwsError('ServiceUnavailable', error instanceof Error ? error.message : String(error), 503);
    });
    return await this.#post(endpoint, target, body, true);
  }

  /** For our own calls: an error answer is thrown. */
  async call(target: string, input: JsonObject): Promise<JsonObject> {
    const answer = await this.send(target, JSON.stringify(input));
    const output: unknown = JSON.parse(answer.body.toString('utf8') || '{}');
    const fields = isObject(output) ? output : {};
    if (answer.status === 200) return fields;
    const code =
      String(fields.__type ?? 'InternalFailure')
        .split('#')
        .at(-1) ?? 'InternalFailure';
    throw new AwsError(code, String(fields.message ?? fields.Message ?? code), answer.status);
  }

  close(): void {
    this.#agent.destroy();
  }

  #post(endpoint: string, target: string, body: Buffer | string, mayRetry: boolean): Promise<RawAnswer> {
    return new Promise((resolve, reject) => {
      const sent = httpRequest(endpoint, {
        method: 'POST',
        agent: this.#agent,
        timeout: TIMEOUT_MS,
        headers: {
          'content-type': 'application/x-amz-json-1.0',
          'content-length': Buffer.byteLength(body),
          'x-amz-target': target,
          // The emulator wants to see these, and checks nothing about them.
          'x-amz-date': '20260101T000000Z',
          authorization:
            'AWS4-HMAC-SHA256 Credential=local/20260101/local/dynamodb/aws4_request, SignedHeaders=host, Signature=local',
        },
      });
      sent.once('timeout', () => sent.destroy(new Error(`no answer within ${TIMEOUT_MS / 1000} s`)));
      sent.once('error', (error: NodeJS.ErrnoException) => {
        // An idle connection that the other side closed as it was taken up again: the request never arrived.
        if (mayRetry && sent.reusedSocket && error.code === 'ECONNRESET')
          resolve(this.#post(endpoint, target, body, false));
        else reject(new AwsError('ServiceUnavailable', `The local DynamoDB did not answer: ${error.message}`, 503));
      });
      sent.once('response', (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.once('error', (error) => reject(new AwsError('ServiceUnavailable', error.message, 503)));
        response.once('end', () => resolve({ status: response.statusCode ?? 500, body: Buffer.concat(chunks) }));
      });
      sent.end(body);
    });
  }
}

export function answerRaw(answer: RawAnswer): AwsResponse {
  return { status: answer.status, headers: { 'content-type': 'application/x-amz-json-1.0' }, body: answer.body };
}
