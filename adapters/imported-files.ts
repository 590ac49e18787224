import { importLimits } from '../contracts/schemas/imports.ts';
import { AppError } from '../domain/errors.ts';
import type { Lake } from './lake.ts';

/** A file that somebody sends, in the lake: a few parts of one size, put together when it is read. */
export interface ImportedFiles {
  putPart(importId: string, number: number, bytes: Uint8Array): Promise<void>;
  /** Numbers of the parts that are there. */
  parts(importId: string): Promise<number[]>;
  /** The whole file. Throws `not-found` when its parts are kept no longer. */
  read(importId: string, bytes: number): Promise<Uint8Array>;
}

export const partsOf = (bytes: number): number => Math.ceil(bytes / importLimits.partBytes);
/** Bytes that a part of a file has to have. */
export const bytesOfPart = (bytes: number, number: number): number =>
  Math.min(importLimits.partBytes, bytes - (number - 1) * importLimits.partBytes);

export function createImportedFiles(lake: Pick<Lake, 'put' | 'get' | 'list'>, workspaceId: string): ImportedFiles {
  const folder = (importId: string) => `imports/workspace=${workspaceId}/import=${importId}/`;
  const keyOf = (importId: string, number: number) => `${folder(importId)}part-${String(number).padStart(3, '0')}`;
  return {
    putPart: (importId, number, bytes) => lake.put(keyOf(importId, number), bytes),
    async parts(importId) {
      const numbers: number[] = [];
      for await (const { key } of lake.list(folder(importId))) numbers.push(Number(/part-(\d+)$/.exec(key)?.[1]));
      return numbers;
    },
    async read(importId, bytes) {
      const whole = new Uint8Array(bytes);
      let at = 0;
      for (let number = 1; number <= partsOf(bytes); number += 1) {
        const part = await lake.get(keyOf(importId, number));
        if (part === undefined) throw new AppError('not-found', 'The file is kept no longer. Send it again.');
        if (at + part.length > bytes)
          throw new AppError('internal', `The parts of ${importId} are larger than the file.`);
        whole.set(part, at);
        at += part.length;
      }
      if (at !== bytes) throw new AppError('internal', `The parts of ${importId} are smaller than the file.`);
      return whole;
    },
  };
}
