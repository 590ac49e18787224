/** Where a Map's items come from: `Items`, the state's input, or objects in S3. */
import type { ItemReader, MapState } from './definition.ts';
import { isObject, type Json } from './field-reader.ts';
import { bindingsOf, type Visit } from './run.ts';
import { evaluateField, evaluateNumber } from './settle.ts';
import { StateFailure } from './state-failure.ts';

export async function mapItems(visit: Visit<MapState>): Promise<readonly unknown[]> {
  const { state } = visit;
  if (state.distributed?.reader !== undefined) return readItems(visit, state.distributed.reader);
  const value =
    state.items === undefined ? visit.input.value : await evaluateField(visit, state.items, bindingsOf(visit), 'Items');
  if (Array.isArray(value)) return value;
  throw new StateFailure(
    'States.QueryEvaluationError',
    `The items of the state "${state.name}" must be an array (iterating over an object is not supported locally), not ${JSON.stringify(value)?.slice(0, 200)}.`,
  );
}

async function readItems(visit: Visit<MapState>, reader: ItemReader): Promise<readonly unknown[]> {
  const args = await evaluateField(visit, reader.arguments, bindingsOf(visit), 'ItemReader.Arguments');
  if (!isObject(args)) throw readerFailed(visit, 'its arguments are not an object');
  const most = (await evaluateNumber(visit, reader.maxItems, 'ItemReader.ReaderConfig.MaxItems', 1)) ?? Infinity;
  if (reader.action === 'listObjectsV2') return listObjects(visit, args, most);
  const object = await callS3(visit, 'getObject', args);
  const body = object.Body;
  if (typeof body !== 'string') throw readerFailed(visit, 'the object has no text body');
  return reader.inputType === 'JSONL' ? jsonLines(visit, body, most) : jsonArray(visit, body, most);
}

async function listObjects(visit: Visit<MapState>, args: Json, most: number): Promise<readonly unknown[]> {
  const items: unknown[] = [];
  let page: unknown;
  do {
    const answer = await callS3(
      visit,
      'listObjectsV2',
      page === undefined ? args : { ...args, ContinuationToken: page },
    );
    const contents = Array.isArray(answer.Contents) ? answer.Contents.filter(isObject) : [];
    for (const object of contents) {
      if (items.length >= most) return items;
      items.push(listedObject(object));
    }
    page = answer.IsTruncated === true ? answer.NextContinuationToken : undefined;
  } while (page !== undefined);
  return items;
}

/** As AWS hands a listed object to an iteration: `Etag` so spelt, `LastModified` in epoch seconds. */
function listedObject(object: Json): Json {
  const modified = object.LastModified;
  const time = modified instanceof Date ? modified.getTime() : Date.parse(String(modified));
  return {
    Etag: object.ETag ?? object.Etag,
    Key: object.Key,
    ...(Number.isNaN(time) ? {} : { LastModified: Math.floor(time / 1000) }),
    Size: object.Size,
    StorageClass: object.StorageClass ?? 'STANDARD',
  };
}

function jsonArray(visit: Visit<MapState>, body: string, most: number): readonly unknown[] {
  const value = parse(visit, body, 'the object');
  if (!Array.isArray(value)) throw readerFailed(visit, 'the object is not a JSON array');
  return value.length > most ? value.slice(0, most) : value;
}

function jsonLines(visit: Visit<MapState>, body: string, most: number): readonly unknown[] {
  const items: unknown[] = [];
  let line = 0;
  for (let start = 0; start < body.length && items.length < most; ) {
    const end = body.indexOf('\n', start);
    const text = body.slice(start, end === -1 ? undefined : end).trim();
    line += 1;
    if (text !== '') items.push(parse(visit, text, `line ${line}`));
    start = end === -1 ? body.length : end + 1;
  }
  return items;
}

function parse(visit: Visit<MapState>, text: string, what: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw readerFailed(visit, `${what} is not JSON`);
  }
}

async function callS3(visit: Visit<MapState>, action: string, args: Json): Promise<Json> {
  const { run, cancellation } = visit.frame;
  const abort = new AbortController();
  const release = cancellation.onCancel((reason) => abort.abort(reason));
  try {
    const call = run.surface.sdk('s3', action, args, run.machine.roleArn, { signal: abort.signal });
    const answer = await cancellation.race(call);
    return isObject(answer) ? answer : {};
  } catch (error) {
    cancellation.throwIfCancelled();
    throw readerFailed(visit, error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  } finally {
    release();
  }
}

function readerFailed(visit: Visit<MapState>, why: string): StateFailure {
  return new StateFailure(
    'States.ItemReaderFailed',
    `The items of the state "${visit.state.name}" cannot be read: ${why}.`,
  );
}
