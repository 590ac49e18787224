import { type FactSheet, factSheet } from '../facts.ts';
import { bannedIn, pageFacts, type RunInputs } from './run-inputs.ts';

/** What may be said, by language. Pure: each step makes them again rather than passing them on. */
export const factSheetsOf = (
  inputs: RunInputs,
  languages: readonly string[],
  today: string,
): ReadonlyMap<string, FactSheet> =>
  new Map(
    languages.map((language) => [
      language,
      factSheet(inputs.brief, language, today, pageFacts(inputs), bannedIn(inputs)),
    ]),
  );
