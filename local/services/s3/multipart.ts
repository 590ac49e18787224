/** Multipart uploads: parts wait in a folder of their own until they are completed into one object or aborted. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync } from 'node:fs';
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AwsError } from '../../ports.ts';
import { md5, type NewObject } from './object-store.ts';
import { elements, elementText } from './xml.ts';

interface Upload {
  readonly bucket: string;
  readonly key: string;
  readonly headers: Readonly<Record<string, string>>;
}

const MAX_PARTS = 10_000;

export class MultipartUploads {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
    mkdirSync(folder, { recursive: true });
  }

  async create(upload: Upload): Promise<string> {
    const id = randomUUID();
    mkdirSync(join(this.#folder, id));
    await writeFile(join(this.#folder, id, 'upload.json'), JSON.stringify(upload));
    return id;
  }

  /** The part's ETag, without quotes. */
  async putPart(bucket: string, key: string, id: string, part: string, data: Buffer): Promise<string> {
    const number = Number(part);
    if (!Number.isInteger(number) || number < 1 || number > MAX_PARTS) {
      throw new AwsError('InvalidArgument', `Part number must be an integer between 1 and ${MAX_PARTS}, inclusive.`);
    }
    await this.#open(bucket, key, id);
    const unfinished = join(this.#folder, id, `${randomUUID()}.writing`);
    await writeFile(unfinished, data);
    await rename(unfinished, join(this.#folder, id, `${number}.part`));
    return md5(data);
  }

  /** The whole object from the parts that the caller lists, checked against their ETags. `remove` it after it is stored. */
  async assemble(bucket: string, key: string, id: string, completion: string): Promise<NewObject> {
    const upload = await this.#open(bucket, key, id);
    const listed = elements(completion, 'Part');
    if (listed.length === 0) throw new AwsError('MalformedXML', 'You must specify at least one part.');
    const parts: Buffer[] = [];
    const digest = createHash('md5');
    let previous = 0;
    for (const xml of listed) {
      const number = Number(elementText(xml, 'PartNumber'));
      if (!(number > previous)) throw new AwsError('InvalidPartOrder', 'The list of parts was not in ascending order.');
      previous = number;
      const data = await readFile(join(this.#folder, id, `${number}.part`)).catch(() => undefined);
      if (data === undefined || md5(data) !== elementText(xml, 'ETag')?.replaceAll('"', '')) {
        throw new AwsError('InvalidPart', `Part ${number} could not be found or its ETag does not match.`);
      }
      parts.push(data);
      digest.update(createHash('md5').update(data).digest());
    }
    return { data: Buffer.concat(parts), headers: upload.headers, etag: `${digest.digest('hex')}-${parts.length}` };
  }

  async abort(bucket: string, key: string, id: string): Promise<void> {
    await this.#open(bucket, key, id);
    await this.remove(id);
  }

  async remove(id: string): Promise<void> {
    await rm(join(this.#folder, id), { recursive: true, force: true });
  }

  /** Aborts what was begun before `before` (epoch milliseconds). */
  async abortOlder(bucket: string, before: number): Promise<void> {
    for (const id of await readdir(this.#folder)) {
      const path = join(this.#folder, id, 'upload.json');
      const begun = await stat(path).catch(() => undefined);
      if (begun === undefined || begun.mtimeMs >= before) continue;
      if ((JSON.parse(await readFile(path, 'utf8')) as Upload).bucket === bucket) await this.remove(id);
    }
  }

  async #open(bucket: string, key: string, id: string): Promise<Upload> {
    const path = join(this.#folder, id, 'upload.json');
    const upload =
      /^[0-9a-f-]{36}$/.test(id) && existsSync(path) ? (JSON.parse(await readFile(path, 'utf8')) as Upload) : undefined;
    if (upload?.bucket !== bucket || upload.key !== key) {
      throw new AwsError(
        'NoSuchUpload',
        'The specified upload does not exist. It may have been aborted or completed.',
        404,
      );
    }
    return upload;
  }
}
