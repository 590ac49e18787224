/** The MD5 digests that SQS answers with. Source: SQS developer guide, "Calculating the MD5 message digest for message attributes". */
import { createHash } from 'node:crypto';
import { isObject, type JsonObject, optionalText } from '../json-protocol.ts';

export function md5OfBody(body: string): string {
  return createHash('md5').update(body).digest('hex');
}

const TEXT_VALUE = 1;
const BINARY_VALUE = 2;

/** `undefined` for a message without attributes. */
export function md5OfAttributes(attributes: JsonObject): string | undefined {
  const names = Object.keys(attributes).sort();
  if (names.length === 0) return undefined;
  const digest = createHash('md5');
  const add = (bytes: Buffer): void => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    digest.update(length).update(bytes);
  };
  for (const name of names) {
    const attribute = isObject(attributes[name]) ? attributes[name] : {};
    const binary = optionalText(attribute, 'BinaryValue');
    add(Buffer.from(name));
    add(Buffer.from(optionalText(attribute, 'DataType') ?? ''));
    digest.update(Buffer.from([binary === undefined ? TEXT_VALUE : BINARY_VALUE]));
    add(
      binary === undefined ? Buffer.from(optionalText(attribute, 'StringValue') ?? '') : Buffer.from(binary, 'base64'),
    );
  }
  return digest.digest('hex');
}
