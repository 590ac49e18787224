/**
 * Words for the audience breakdowns that every platform's own values are mapped to. A value without a word stays readable as
 * `other:<the platform's value>`: it is somebody's money, and never dropped.
 */

/** Platforms cut ages differently; a range is kept as the platform reports it, never split or merged. */
export const ageRanges = ['13-17', '18-24', '25-34', '35-44', '45-54', '55-64', '55+', '65+', 'unknown'] as const;

export const genders = ['female', 'male', 'unknown'] as const;

export const devices = ['mobile', 'tablet', 'desktop', 'connected-tv', 'other', 'unknown'] as const;

/** Country segments are ISO 3166-1 alpha-2, upper case; what the platform does not know is this. */
export const unknownCountry = 'ZZ';

export type AgeRange = (typeof ageRanges)[number];
export type Gender = (typeof genders)[number];
export type Device = (typeof devices)[number];
