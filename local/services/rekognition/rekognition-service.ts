/** The part of Rekognition that looks at pictures of ads: what they show, and what is written in them. */
import { ModelThread, ModelUnavailable } from '../../model-threads/model-thread.ts';
import { Remembered } from '../../model-threads/remembered.ts';
import { type AccessNeed, AwsError, type LocalService, unsupported } from '../../ports.ts';
import { type JsonOperation, jsonDispatch } from '../json-operations.ts';
import { isObject, type JsonObject, objectOf, optionalNumber, optionalText, textOf } from '../json-protocol.ts';
import {
  contentTypes,
  MODERATION_MODEL_VERSION,
  moderationLabels,
  type PictureChances,
  type PictureQuestion,
} from './moderation-labels.ts';
import {
  checkPicture,
  invalidFormat,
  MOST_BYTES_IN_REQUEST,
  MOST_BYTES_IN_S3,
  type PictureSize,
} from './picture-file.ts';
import type { ReadLine } from './read-lines.ts';
import { textDetections } from './text-detections.ts';

export interface RekognitionSettings {
  readonly readObject: (bucket: string, key: string) => Promise<Buffer>;
}

export interface RekognitionService extends LocalService {
  /** Whether a model is in memory. */
  readonly loaded: boolean;
}

interface Picture extends PictureSize {
  readonly bytes: Buffer;
}

const MOST_REMEMBERED = 1_000;
/** Percent, where a caller names none. */
const LEAST_OF_LABELS = 50;
const LEAST_OF_WORDS = 50;

export function createRekognition({ readObject }: RekognitionSettings): RekognitionService {
  const pictures = new ModelThread<PictureQuestion, PictureChances | undefined>({
    name: 'model of pictures',
    program: new URL('./picture-thread.ts', import.meta.url),
  });
  const letters = new ModelThread<Uint8Array, readonly ReadLine[] | undefined>({
    name: 'model of letters',
    program: new URL('./letter-thread.ts', import.meta.url),
  });
  const seen = new Remembered<PictureChances>(MOST_REMEMBERED);
  const read = new Remembered<readonly ReadLine[]>(MOST_REMEMBERED);

  const pictureOf = async (input: JsonObject): Promise<Picture> => {
    const image = objectOf(input, 'Image');
    const encoded = optionalText(image, 'Bytes');
    const object = image['S3Object'];
    if ((encoded === undefined) === !isObject(object)) {
      throw new AwsError('InvalidParameterException', 'Image must hold either Bytes or S3Object.');
    }
    const bytes = isObject(object)
      ? await readObject(textOf(object, 'Bucket'), textOf(object, 'Name')).catch((error: unknown) => {
          if (!(error instanceof AwsError)) throw error;
          throw new AwsError(
            'InvalidS3ObjectException',
            'Unable to get object metadata from S3. Check object key, region and/or access permissions.',
          );
        })
      : Buffer.from(encoded ?? '', 'base64');
    return { bytes, ...checkPicture(bytes, isObject(object) ? MOST_BYTES_IN_S3 : MOST_BYTES_IN_REQUEST) };
  };
  const operation = (name: string, run: (input: JsonObject, picture: Picture) => Promise<unknown>): JsonOperation => ({
    access: (input) => [{ action: `rekognition:${name}`, resource: '*' }, ...objectNeeds(input)],
    run: async (input) => await run(input, await pictureOf(input)).catch(asRekognition),
  });

  return {
    name: 'rekognition',
    get loaded() {
      return pictures.loaded || letters.loaded;
    },
    ...jsonDispatch('Rekognition', {
      DetectModerationLabels: operation('DetectModerationLabels', async (input, { type, bytes }) => {
        refuseOthers('DetectModerationLabels', input, ['Image', 'MinConfidence']);
        const least = percentOf(input, 'MinConfidence') ?? LEAST_OF_LABELS;
        const chances = await answered(seen, bytes, () => pictures.ask({ type, bytes }));
        return {
          ModerationLabels: moderationLabels(chances, least),
          ModerationModelVersion: MODERATION_MODEL_VERSION,
          ContentTypes: contentTypes(chances, least),
        };
      }),
      DetectText: operation('DetectText', async (input, picture) => {
        refuseOthers('DetectText', input, ['Image', 'Filters']);
        const filters = objectOf(input, 'Filters');
        refuseOthers('DetectText with Filters', filters, ['WordFilter']);
        const filter = objectOf(filters, 'WordFilter');
        refuseOthers('DetectText with WordFilter', filter, ['MinConfidence']);
        const least = percentOf(filter, 'MinConfidence') ?? LEAST_OF_WORDS;
        const lines = await answered(read, picture.bytes, () => letters.ask(picture.bytes));
        return { TextDetections: textDetections(lines, picture, least), TextModelVersion: '3.0' };
      }),
    }),
    close: async () => {
      await Promise.all([pictures.close(), letters.close()]);
    },
  };
}

/** On AWS Rekognition reads the object as the caller. */
function objectNeeds(input: JsonObject): readonly AccessNeed[] {
  const object = objectOf(input, 'Image')['S3Object'];
  if (!isObject(object)) return [];
  return [{ action: 's3:GetObject', resource: `arn:aws:s3:::${String(object['Bucket'])}/${String(object['Name'])}` }];
}

async function answered<Value>(
  remembered: Remembered<Value>,
  bytes: Buffer,
  ask: () => Promise<Value | undefined>,
): Promise<Value> {
  const known = remembered.get(bytes) ?? (await ask());
  if (known === undefined) throw invalidFormat();
  remembered.set(bytes, known);
  return known;
}

function refuseOthers(what: string, input: JsonObject, known: readonly string[]): void {
  const strange = Object.keys(input).find((name) => !known.includes(name));
  if (strange !== undefined) throw unsupported('Rekognition', `${what} with ${strange}`);
}

function percentOf(input: JsonObject, name: string): number | undefined {
  const value = optionalNumber(input, name);
  if (value !== undefined && !(value >= 0 && value <= 100)) {
    throw new AwsError('InvalidParameterException', `${name} must lie between 0 and 100.`);
  }
  return value;
}

function asRekognition(error: unknown): never {
  if (!(error instanceof ModelUnavailable)) throw error;
  throw error.reason === 'busy'
    ? new AwsError('ThrottlingException', error.message, 400)
    : new AwsError('InternalServerError', error.message, 500);
}
