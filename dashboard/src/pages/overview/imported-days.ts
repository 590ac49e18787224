import type { Import } from '../../../../sdks/javascript/src/generated/api.ts';

export interface ImportedDays {
  readonly from: string;
  readonly to: string;
  readonly files: number;
}

/** By account, the days that imported reports brought and nobody took away again. The API may have delivered some of them since. */
export function importedDaysOf(imports: readonly Import[]): ReadonlyMap<string, ImportedDays> {
  const days = new Map<string, ImportedDays>();
  for (const { accountId, state, rowsLoaded, from, to } of imports) {
    if (accountId === null || from === null || to === null || state !== 'loaded' || rowsLoaded === 0) continue;
    const known = days.get(accountId) ?? { from, to, files: 0 };
    days.set(accountId, {
      from: from < known.from ? from : known.from,
      to: to > known.to ? to : known.to,
      files: known.files + 1,
    });
  }
  return days;
}
