/**
 * What the pictures' services answer on the wire. Pictures of people without clothes are not to be had for a test that anybody may
 * read, so that the model finds them is not shown here: only its wiring, and that harmless pictures pass.
 */
import { randomBytes } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AwsError } from '../../../local/ports.ts';
import { moderationLabels } from '../../../local/services/rekognition/moderation-labels.ts';
import { createRekognition, type RekognitionService } from '../../../local/services/rekognition/rekognition-service.ts';
import { drawJpeg, drawPng } from './drawn-pictures.ts';
import { type ServedService, serveService } from './serve-service.ts';

interface Detection {
  readonly DetectedText: string;
  readonly Type: 'LINE' | 'WORD';
  readonly Id: number;
  readonly ParentId?: number;
  readonly Confidence: number;
  readonly Geometry: {
    readonly BoundingBox: {
      readonly Left: number;
      readonly Top: number;
      readonly Width: number;
      readonly Height: number;
    };
    readonly Polygon: readonly { readonly X: number; readonly Y: number }[];
  };
}
interface Answer {
  readonly __type?: string;
  readonly message?: string;
  readonly ModerationLabels?: readonly { readonly Name: string }[];
  readonly ModerationModelVersion?: string;
  readonly TextDetections?: readonly Detection[];
}

const objects = new Map<string, Buffer>();
let rekognition: RekognitionService;
let served: ServedService;

beforeAll(async () => {
  rekognition = createRekognition({
    readObject: async (bucket, key) => {
      const bytes = objects.get(`${bucket}/${key}`);
      if (bytes === undefined) throw new AwsError('NoSuchKey', 'The specified key does not exist.', 404);
      return bytes;
    },
  });
  served = await serveService(rekognition);
});

afterAll(async () => {
  await served.close();
  await rekognition.close();
});

async function call(operation: string, input: object): Promise<{ readonly status: number; readonly body: Answer }> {
  const response = await fetch(served.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': `RekognitionService.${operation}` },
    body: JSON.stringify(input),
  });
  return { status: response.status, body: (await response.json()) as Answer };
}

const inline = (bytes: Buffer) => ({ Image: { Bytes: bytes.toString('base64') } });

const GRADIENT = `<defs><linearGradient id="g" x2="1" y2="1"><stop stop-color="#0b3d91"/><stop offset="1" stop-color="#12b5a5"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#g)"/>`;
const AD = `${GRADIENT}<text x="60" y="200" font-size="72" fill="#fff">Dry feet all day</text><text x="60" y="300" font-size="40" fill="#fff">Trail shoes from 89 euros</text><rect x="60" y="400" width="260" height="80" rx="12" fill="#ffd400"/><text x="90" y="453" font-size="36" fill="#111">Shop now</text>`;

describe('what a picture shows', () => {
  it('passes abstract pictures and ads, as PNG and JPEG', async () => {
    expect(rekognition.loaded, 'models that nobody asked for').toBe(false);
    const pictures = [
      await drawPng(1200, 628, AD),
      await drawJpeg(1080, 1080, `${GRADIENT}<circle cx="500" cy="500" r="300" fill="#f60"/>`),
      await drawPng(
        300,
        250,
        '<rect width="300" height="250" fill="#f4d9c6"/><circle cx="90" cy="90" r="60" fill="#c68"/>',
      ),
      await drawJpeg(
        728,
        90,
        '<rect width="728" height="90" fill="#222"/><path d="M0 90 200 10 400 90z" fill="#8d8"/>',
      ),
      await drawPng(
        1080,
        1920,
        '<path d="M0 1500 500 700 1080 1500V1920H0z" fill="#385"/><circle cx="800" cy="300" r="150" fill="#fc3"/>',
      ),
    ];
    for (const picture of pictures) {
      const { status, body } = await call('DetectModerationLabels', inline(picture));
      expect({ status, labels: body.ModerationLabels, version: body.ModerationModelVersion }).toEqual({
        status: 200,
        labels: [],
        version: '7.0',
      });
    }
  });

  it('is named in the words of the taxonomy, from the first level down, above the confidence asked for', () => {
    const chances = { drawing: 0, hentai: 0.1, neutral: 0.05, porn: 0.75, sexy: 0.1 };
    expect(moderationLabels(chances, 50)).toEqual([
      { Name: 'Explicit', ParentName: '', Confidence: 85, TaxonomyLevel: 1 },
      { Name: 'Explicit Nudity', ParentName: 'Explicit', Confidence: 85, TaxonomyLevel: 2 },
    ]);
    expect(moderationLabels({ ...chances, porn: 0.1, sexy: 0.75 }, 60).map(({ Name }) => Name)).toEqual([
      'Non-Explicit Nudity of Intimate parts and Kissing',
      'Non-Explicit Nudity',
      'Swimwear or Underwear',
    ]);
    expect(moderationLabels(chances, 90)).toEqual([]);
  });

  it('is answered at once when the picture is known', async () => {
    const picture = await drawPng(1200, 628, `${AD}<text x="900" y="600" font-size="20">new</text>`);
    const begun = performance.now();
    await call('DetectModerationLabels', inline(picture));
    const fresh = performance.now() - begun;
    await call('DetectModerationLabels', inline(picture));
    expect(performance.now() - begun - fresh).toBeLessThan(fresh);
  });
});

describe('what is written in a picture', () => {
  it('is read as lines and words, with their places', async () => {
    const { status, body } = await call('DetectText', inline(await drawPng(1200, 628, AD)));
    const detections = body.TextDetections ?? [];
    const lines = detections.filter(({ Type }) => Type === 'LINE');
    const words = detections.filter(({ Type }) => Type === 'WORD');
    expect(status).toBe(200);
    // Whether a single letter is large is not always seen.
    expect(lines.map(({ DetectedText }) => DetectedText.toLowerCase())).toEqual([
      'dry feet all day',
      'trail shoes from 89 euros',
      'shop now',
    ]);
    expect(detections.map(({ Id }) => Id)).toEqual(detections.map((_, index) => index));
    expect(words.filter(({ ParentId }) => ParentId === 0).map(({ DetectedText }) => DetectedText)).toEqual([
      'Dry',
      'feet',
      'all',
      'day',
    ]);
    const { BoundingBox: box, Polygon: corners } = lines[0]?.Geometry ?? { BoundingBox: undefined, Polygon: [] };
    expect(box?.Left).toBeCloseTo(60 / 1200, 1);
    expect(box?.Top).toBeCloseTo(145 / 628, 1);
    expect(corners).toHaveLength(4);
  });

  it('is read in the four languages of ads, with their letters', async () => {
    const lines = ['Trockene Füße für jeden Weg', 'Découvrez l’été à Nîmes', 'Mañana será más fácil'];
    const rows = lines
      .map((line, index) => `<text x="40" y="${90 + 90 * index}" font-size="48">${line}</text>`)
      .join('');
    const { body } = await call(
      'DetectText',
      inline(await drawPng(900, 320, `<rect width="900" height="320" fill="#fff"/>${rows}`)),
    );
    const read = (body.TextDetections ?? [])
      .filter(({ Type }) => Type === 'LINE')
      .map(({ DetectedText }) => DetectedText);
    expect(read.map((line) => line.replaceAll("'", '’'))).toEqual(lines);
  });

  it('is nothing in a picture without letters', async () => {
    const { body } = await call('DetectText', inline(await drawJpeg(600, 600, GRADIENT)));
    expect(body.TextDetections).toEqual([]);
  });
});

describe('pictures that are none', () => {
  it('is an error for bytes of another kind and for files cut in two', async () => {
    const png = await drawPng(400, 300, AD);
    const jpeg = await drawJpeg(400, 300, AD);
    const broken = [
      Buffer.from('no picture at all'),
      Buffer.from('GIF89a'),
      png.subarray(0, 20),
      png.subarray(0, png.length / 2),
      Buffer.concat([png.subarray(0, 60), randomBytes(500)]),
      jpeg.subarray(0, 150),
    ];
    for (const operation of ['DetectModerationLabels', 'DetectText']) {
      for (const [index, bytes] of broken.entries()) {
        const { status, body } = await call(operation, inline(bytes));
        expect({ operation, index, status, type: body.__type }).toEqual({
          operation,
          index,
          status: 400,
          type: 'InvalidImageFormatException',
        });
      }
    }
  });

  it('refuses what is larger than Rekognition takes before it is decoded', async () => {
    const heavy = Buffer.concat([await drawPng(50, 50, GRADIENT), Buffer.alloc(5 * 1024 * 1024)]);
    const bomb = await drawPng(50, 50, GRADIENT);
    bomb.writeUInt32BE(60_000, 16);
    bomb.writeUInt32BE(60_000, 20);
    for (const bytes of [heavy, bomb]) {
      const { status, body } = await call('DetectModerationLabels', inline(bytes));
      expect({ status, type: body.__type }).toEqual({ status: 400, type: 'ImageTooLargeException' });
    }
  });

  it('refuses requests that name no picture, and options that nothing here knows', async () => {
    expect((await call('DetectText', { Image: {} })).body.__type).toBe('InvalidParameterException');
    expect((await call('DetectText', { Image: { Bytes: 'AA==' }, Filters: { RegionsOfInterest: [] } })).status).toBe(
      400,
    );
    expect((await call('DetectFaces', {})).status).toBe(501);
  });
});

describe('pictures in S3', () => {
  it('are read from the bucket, for callers who may read them', async () => {
    objects.set(
      'lake/ads/1.png',
      await drawPng(
        600,
        200,
        '<rect width="600" height="200" fill="#fff"/><text x="30" y="120" font-size="60">Summer sale</text>',
      ),
    );
    const { body } = await call('DetectText', { Image: { S3Object: { Bucket: 'lake', Name: 'ads/1.png' } } });
    expect(body.TextDetections?.[0]?.DetectedText).toBe('Summer sale');
    expect(served.needs.at(-1)).toEqual([
      { action: 'rekognition:DetectText', resource: '*' },
      { action: 's3:GetObject', resource: 'arn:aws:s3:::lake/ads/1.png' },
    ]);
  });

  it('are an error when they are not there', async () => {
    const { status, body } = await call('DetectModerationLabels', {
      Image: { S3Object: { Bucket: 'lake', Name: 'gone.png' } },
    });
    expect({ status, type: body.__type }).toEqual({ status: 400, type: 'InvalidS3ObjectException' });
  });
});
