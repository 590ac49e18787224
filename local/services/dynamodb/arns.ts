/** The emulator has an account and region of its own; here its ARNs become those of the templates, and back. */
import { createHash } from 'node:crypto';
import { STREAM_LABEL } from '../../template/resource-types.ts';
import { isObject, type JsonObject } from '../json-protocol.ts';
import { arnOf, type Place } from '../place.ts';

/** Regions that emulators write into ARNs. */
const FOREIGN = /arn:aws:dynamodb:(?:dynoxide|ddblocal):\d{12}:/g;
const LABELLED = /(:table\/[\w.-]+\/stream\/)[\d.:T-]+/g;

export function tableArn(place: Place, table: string): string {
  return arnOf(place, 'dynamodb', `table/${table}`);
}

/** From a name, a table ARN, an index ARN or a stream ARN. */
export function tableNameOf(nameOrArn: string): string {
  return nameOrArn.startsWith('arn:') ? (nameOrArn.split('/')[1] ?? nameOrArn) : nameOrArn;
}

export function toTemplateArns(body: Buffer, place: Place): Buffer {
  const text = body.toString('utf8');
  return Buffer.from(text.replace(FOREIGN, arnOf(place, 'dynamodb', '')).replace(LABELLED, `$1${STREAM_LABEL}`));
}

/** The SDK lets callers name a table by its ARN; the emulator takes names only. Attribute values are objects, so they never match. */
export function withTableNames(body: string): string {
  if (!body.includes('arn:aws:dynamodb:')) return body;
  return body
    .replace(/"TableName"(\s*:\s*)"arn:aws:dynamodb:[^"]*:table\/([^"/]+)"/g, '"TableName"$1"$2"')
    .replace(/"arn:aws:dynamodb:[^"]*:table\/([^"/]+)"(\s*:\s*[[{])/g, '"$1"$2');
}

/** Which table a shard iterator of the emulator reads. */
export function tableOfIterator(iterator: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(Buffer.from(iterator, 'base64').toString('utf8'));
    return isObject(parsed) && typeof parsed.table_name === 'string' ? parsed.table_name : undefined;
  } catch {
    return undefined;
  }
}

/** Stream records with the templates' region and with event ids that are unique over tables, as on AWS. */
export function toTemplateRecords(
  output: JsonObject,
  table: string,
  place: Place,
  expired: (record: JsonObject) => boolean,
): JsonObject {
  const records = Array.isArray(output.Records) ? output.Records.filter(isObject) : [];
  return {
    ...output,
    Records: records.map((record) => ({
      ...record,
      eventID: createHash('md5')
        .update(`${table}/${String(record.eventID)}`)
        .digest('hex'),
      awsRegion: place.region,
      ...(expired(record) ? { userIdentity: { type: 'Service', principalId: 'dynamodb.amazonaws.com' } } : {}),
    })),
  };
}
