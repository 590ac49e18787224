import type { Cell, ReadRows } from '../../../../domain/integrations/imports/downloaded-report.ts';

/** Rows of a file as they come from a reader, lines counted from 1. */
export const readRowsOf = (rows: readonly (readonly Cell[])[]): ReadRows =>
  async function* () {
    yield rows.map((cells, index) => ({ line: index + 1, cells }));
  };
