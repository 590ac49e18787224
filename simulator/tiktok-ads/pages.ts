import type { Parameters } from './parameters.ts';

export interface PageAsked {
  readonly page: number;
  readonly size: number;
}

export function readPage(parameters: Parameters): PageAsked {
  return {
    page: parameters.whole('page', { min: 1, max: 1_000_000, fallback: 1 }),
    size: parameters.whole('page_size', { min: 1, max: 1000, fallback: 10 }),
  };
}

/** One page of a list with `page_info`; past the end it is empty. */
export function paged<T, W>(all: readonly T[], { page, size }: PageAsked, write: (part: readonly T[]) => readonly W[]) {
  return {
    list: write(all.slice((page - 1) * size, page * size)),
    page_info: { page, page_size: size, total_number: all.length, total_page: Math.ceil(all.length / size) },
  };
}
