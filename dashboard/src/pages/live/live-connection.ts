/** How the page is joined to its stream. */
export type LiveConnection = 'connecting' | 'live' | 'reconnecting' | 'paused' | 'given-up';

/** Tries without an event between them, some twenty minutes of them; then the person says when to go on. */
export const mostFailures = 40;

/**
 * Every new minute is told, so a stream that is silent for longer has lost its connection without anybody saying so.
 * Milliseconds.
 */
export const longestSilence = 100_000;

/** Milliseconds before the next try: at once after a stream that ended as it should, ever later after failures. */
export const pauseBefore = (failures: number, chance: number): number =>
  failures === 0 ? 250 : Math.min(30_000, 1_000 * 2 ** Math.min(failures - 1, 5)) * (0.75 + chance / 2);
