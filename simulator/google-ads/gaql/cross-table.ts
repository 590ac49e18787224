/**
 * Whole numbers for a table whose row and column sums are given (both add up to the same): as near to proportional as whole
 * numbers allow, and exact in both directions.
 */
export function crossTable(rows: readonly number[], columns: readonly number[]): readonly (readonly number[])[] {
  const total = columns.reduce((left, right) => left + right, 0);
  const restOfRow = [...rows];
  const restOfColumn = [...columns];
  const cells = rows.map((row) => columns.map((column) => (total === 0 ? 0 : Math.floor(row * (column / total)))));
  const add = (row: number, column: number, wanted: number) => {
    const amount = Math.min(wanted, restOfRow[row] ?? 0, restOfColumn[column] ?? 0);
    const cellsOfRow = cells[row];
    if (cellsOfRow === undefined) return;
    cellsOfRow[column] = (cellsOfRow[column] ?? 0) + amount;
    restOfRow[row] = (restOfRow[row] ?? 0) - amount;
    restOfColumn[column] = (restOfColumn[column] ?? 0) - amount;
  };
  for (const [row, shares] of cells.entries()) {
    for (const [column, share] of shares.entries()) {
      shares[column] = 0;
      add(row, column, share);
    }
  }
  // Both directions lack the same: filling row by row leaves nothing over.
  for (const row of rows.keys()) for (const column of columns.keys()) add(row, column, Number.MAX_SAFE_INTEGER);
  return cells;
}
