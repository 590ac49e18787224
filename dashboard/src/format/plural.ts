import { whole } from './numbers.ts';

/** `1 account`, `3 accounts` */
export const counted = (count: number, one: string, many = `${one}s`): string =>
  `${whole(count)} ${count === 1 ? one : many}`;
