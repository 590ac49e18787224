/** A service of the AWS JSON protocol as a table: each operation says what permission it needs and what it does. */
import { type AccessNeed, type AwsRequest, type AwsResponse, unsupported } from '../ports.ts';
import { answerJson, type JsonObject, readJson } from './json-protocol.ts';

export interface JsonOperation {
  readonly access: (input: JsonObject) => readonly AccessNeed[];
  readonly run: (input: JsonObject, request: AwsRequest) => unknown;
}

export type JsonOperations = Readonly<Record<string, JsonOperation>>;

export function jsonDispatch(
  service: string,
  operations: JsonOperations,
): { access(request: AwsRequest): readonly AccessNeed[]; handle(request: AwsRequest): Promise<AwsResponse> } {
  const find = (request: AwsRequest): JsonOperation => {
    const name = request.operation ?? '';
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (operation === undefined) throw unsupported(service, name || 'a request without X-Amz-Target');
    return operation;
  };
  return {
    access: (request) => find(request).access(readJson(request)),
    handle: async (request) => answerJson((await find(request).run(readJson(request), request)) ?? {}),
  };
}
