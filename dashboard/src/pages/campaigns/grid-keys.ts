/** Row 0 is the header, row 1 the totals, row 2 the first campaign. */
export interface GridPlace {
  readonly row: number;
  readonly column: number;
}

export interface GridSize {
  readonly rows: number;
  readonly columns: number;
  /** Rows that are seen at once. */
  readonly page: number;
}

type Move = (place: GridPlace, size: GridSize) => GridPlace;

/** As the ARIA authoring practices have it for grids. */
const moves: Readonly<Record<string, Move>> = {
  ArrowUp: ({ row, column }) => ({ row: row - 1, column }),
  ArrowDown: ({ row, column }) => ({ row: row + 1, column }),
  ArrowLeft: ({ row, column }) => ({ row, column: column - 1 }),
  ArrowRight: ({ row, column }) => ({ row, column: column + 1 }),
  PageUp: ({ row, column }, { page }) => ({ row: row - page, column }),
  PageDown: ({ row, column }, { page }) => ({ row: row + page, column }),
  Home: ({ row }) => ({ row, column: 0 }),
  End: ({ row }, { columns }) => ({ row, column: columns - 1 }),
  'Ctrl+Home': () => ({ row: 0, column: 0 }),
  'Ctrl+End': (_, { rows, columns }) => ({ row: rows - 1, column: columns - 1 }),
};

const within = (value: number, count: number): number => Math.max(0, Math.min(count - 1, value));

/** Where a key leads; undefined when it is not the grid's. */
export function moveInGrid(key: string, ctrl: boolean, place: GridPlace, size: GridSize): GridPlace | undefined {
  const move = moves[ctrl ? `Ctrl+${key}` : key];
  if (move === undefined) return undefined;
  const { row, column } = move(place, size);
  return { row: within(row, size.rows), column: within(column, size.columns) };
}
