import type { CreativeRecord } from '../../../contracts/schemas/creatives.ts';

/** Whether an ad may not be launched: a rule objects to it, and nobody who may has let it pass. */
export const isBlocked = ({ verdict, review }: Pick<CreativeRecord, 'verdict' | 'review'>): boolean =>
  verdict === 'block' && review === null;
