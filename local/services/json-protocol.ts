/** The AWS JSON protocols as services see them: a JSON object in, a JSON object out. */
import { AwsError, type AwsRequest, type AwsResponse } from '../ports.ts';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function readJson(request: AwsRequest): JsonObject {
  if (request.body.length === 0) return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(request.body.toString('utf8'));
  } catch {
    throw new AwsError('SerializationException', 'The request body is not JSON.');
  }
  if (!isObject(parsed)) throw new AwsError('SerializationException', 'The request body is not a JSON object.');
  return parsed;
}

/** JSON 1.0 and 1.1 differ only in this header, and the SDK reads neither. */
export function answerJson(value: unknown, status = 200): AwsResponse {
  return { status, headers: { 'content-type': 'application/x-amz-json-1.1' }, body: JSON.stringify(value) };
}

export function textOf(input: JsonObject, name: string): string {
  const value = input[name];
  if (typeof value !== 'string' || value === '') throw new AwsError('ValidationException', `${name} is required.`);
  return value;
}

export function optionalText(input: JsonObject, name: string): string | undefined {
  const value = input[name];
  return typeof value === 'string' ? value : undefined;
}

export function optionalNumber(input: JsonObject, name: string): number | undefined {
  const value = input[name];
  return typeof value === 'number' ? value : undefined;
}

export function objectOf(input: JsonObject, name: string): JsonObject {
  const value = input[name];
  return isObject(value) ? value : {};
}

export function listOf(input: JsonObject, name: string): readonly unknown[] {
  const value = input[name];
  return Array.isArray(value) ? value : [];
}

export function objectsOf(input: JsonObject, name: string): readonly JsonObject[] {
  return listOf(input, name).filter(isObject);
}

export function textsOf(input: JsonObject, name: string): readonly string[] {
  return listOf(input, name).filter((value) => typeof value === 'string');
}
