import type { Cell } from '../../../../domain/integrations/imports/downloaded-report.ts';
import type { ReadRows } from '../../../../domain/integrations/imports/read-report.ts';

/** Rows of a file as they come from a reader, lines counted from 1. */
export const readRowsOf = (rows: readonly (readonly Cell[])[]): ReadRows =>
  async function* () {
    yield rows.map((cells, index) => ({ line: index + 1, cells }));
  };
