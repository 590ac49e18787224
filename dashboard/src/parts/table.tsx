import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  readonly label: string;
  /** For whoever meets the word the first time. */
  readonly meaning?: string;
  /** Numbers stand at the right; `wraps` is for sentences. */
  readonly kind?: 'number' | 'wraps';
  readonly cell: (row: Row) => ReactNode;
}

interface TableProps<Row> {
  /** Names the region that scrolls. */
  readonly label: string;
  /** The first one names the row. */
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row, index: number) => string;
  /** Marks of a row for whoever looks for it in the document. */
  readonly dataOf?: (row: Row) => Readonly<Record<`data-${string}`, string>>;
  /** Limits its height and scrolls inside. */
  readonly tall?: boolean;
}

/** A table of some dozens of rows that becomes cards on a phone. */
export function Table<Row>({ label, columns, rows, keyOf, dataOf, tall = false }: TableProps<Row>) {
  const [name, ...others] = columns;
  if (name === undefined) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard.
    <section className={tall ? 'scroll tall' : 'scroll'} aria-label={label} tabIndex={0}>
      <table className="cards">
        <thead>
          <tr>
            {columns.map((column) => (
              <th
                key={column.label}
                scope="col"
                title={column.meaning}
                className={column.kind === 'number' ? 'number' : undefined}
              >
                {column.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={keyOf(row, index)} {...dataOf?.(row)}>
              <th scope="row">{name.cell(row)}</th>
              {others.map((column) => (
                <td key={column.label} data-label={column.label} className={column.kind}>
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
