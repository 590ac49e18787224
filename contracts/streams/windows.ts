/** How the stream is cut into windows and how late is too late. Everything that counts, reads or explains counters goes by these. */

export const minuteMillis = 60_000;
/** Minutes are kept by blocks of ten: one item of the state table a block and lane. */
export const blockMillis = 600_000;
/** An event received later than this after it happened is kept and told, but no longer changes a window. */
export const latenessMillis = 24 * 3_600_000;
/** By then an hour that ended holds what comes in the usual time: a poll each five minutes is the slowest of it. */
export const settledMillis = 10 * minuteMillis;
/** Clocks of senders may run ahead by this. */
export const futureMillis = 5 * minuteMillis;
/** For so long after its window an event's id is remembered, so that what waits in a dead-letter queue can be sent again. */
export const rememberedDays = 16;
/** Older than this no event is taken from the stream: its id may be forgotten. The lake rebuilds what lies before. */
export const acceptedDays = 15;
/** Minutes are kept this long, hours and days for `dayWindowDays`. */
export const minuteWindowDays = 3;
export const dayWindowDays = 400;
/** What a platform last said of a day when it was polled is kept this long after, so that the day can be reconciled. */
export const pollKeptDays = 35;
/** Parts that a workspace's counters are kept in, each written by one worker at a time. A power of two, at most 256. */
export const lanes = 16;
