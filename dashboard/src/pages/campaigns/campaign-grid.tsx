// biome-ignore-all lint/a11y/useSemanticElements: a table element cannot leave out the rows that are not in sight.
// biome-ignore-all lint/a11y/useFocusableInteractive: the grid has the focus and points at its active cell.
// biome-ignore-all lint/a11y/useKeyWithClickEvents: the grid takes the keys for its active cell.
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, useRef, useState } from 'react';
import { sumMetrics } from '../../format/metrics.ts';
import { ownWord, platformName, platformSeries } from '../../format/platforms.ts';
import { counted } from '../../format/plural.ts';
import { Icon } from '../../parts/icon.tsx';
import { Status, StatusMark } from '../../parts/status.tsx';
import { usePhone } from '../../parts/use-media.ts';
import { NoValue, Value } from '../../parts/value.tsx';
import { type CampaignColumn, campaignColumns } from './campaign-columns.ts';
import { type EditableField, isEditable } from './campaign-edits.ts';
import type { CampaignRow } from './campaign-rows.ts';
import { type GridPlace, moveInGrid } from './grid-keys.ts';
import { type CampaignSort, nextSort } from './sort-campaigns.ts';

interface CampaignGridProps {
  readonly rows: readonly CampaignRow[];
  readonly currency: string;
  readonly sort: CampaignSort;
  readonly setSort: (sort: CampaignSort) => void;
  /** Opens the editor of a cell over it; absent for whoever may change nothing. */
  readonly edit?: ((row: CampaignRow, field: EditableField, cell: DOMRect) => void) | undefined;
}

/** Header and totals. */
const headRows = 2;
/** Pixels, as in the style sheet. */
const heights = { row: 40, card: 138, editableCard: 156, head: 76, totalsCard: 120 };

const columns = campaignColumns.map(({ track }) => track).join(' ');
const cellId = (row: number, column: number): string => `cell-${row}-${column}`;

/**
 * Only the rows in sight are in the document. The grid keeps the focus itself and points at the active cell, whose row is
 * always drawn, so that scrolling away never loses the keyboard's place.
 */
export function CampaignGrid({ rows, currency, sort, setSort, edit }: CampaignGridProps) {
  const phone = usePhone();
  const scroller = useRef<HTMLDivElement>(null);
  const [active, setActive] = useState<GridPlace>({ row: 0, column: 0 });
  const card = edit === undefined ? heights.card : heights.editableCard;
  const height = phone ? card : heights.row;
  const headHeight = phone ? heights.totalsCard : heights.head;
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    getItemKey: (index) => rows[index]?.id ?? index,
    overscan: 8,
    scrollMargin: headHeight,
    scrollPaddingStart: phone ? 0 : headHeight,
    rangeExtractor: (range) => {
      const own = active.row - headRows;
      const seen = defaultRangeExtractor(range);
      return own < 0 || own >= rows.length || seen.includes(own) ? seen : [...seen, own].sort((a, b) => a - b);
    },
  });

  const size = {
    rows: rows.length + headRows,
    columns: campaignColumns.length,
    page: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / height) - headRows),
  };
  const beginEdit = (rowIndex: number, column: number): void => {
    const [row, key] = [rows[rowIndex], campaignColumns[column]?.key ?? ''];
    const cell = document.getElementById(cellId(rowIndex + headRows, column));
    if (edit === undefined || row === undefined || cell === null || !isEditable(key)) return;
    setActive({ row: rowIndex + headRows, column });
    // What opens over the grid gives the focus back to it.
    scroller.current?.focus({ preventScroll: true });
    edit(row, key, cell.getBoundingClientRect());
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const column = campaignColumns[active.column];
    if (active.row >= headRows && (event.key === 'Enter' || event.key === 'F2')) {
      event.preventDefault();
      beginEdit(active.row - headRows, active.column);
      return;
    }
    if (active.row === 0 && (event.key === 'Enter' || event.key === ' ') && column !== undefined) {
      event.preventDefault();
      setSort(nextSort(sort, column.key));
      return;
    }
    const next =
      event.altKey || event.shiftKey ? undefined : moveInGrid(event.key, event.ctrlKey || event.metaKey, active, size);
    if (next === undefined) return;
    event.preventDefault();
    setActive(next);
    if (next.row >= headRows) virtual.scrollToIndex(next.row - headRows);
    document.getElementById(cellId(0, next.column))?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };
  const isActive = (row: number, column: number): true | undefined =>
    (active.row === row && active.column === column) || undefined;
  const current = active.row < size.rows ? active : { row: 0, column: active.column };
  const totals = sumMetrics(rows.flatMap(({ values }) => values ?? []));

  return (
    <div
      ref={scroller}
      className="grid"
      role="grid"
      aria-label="Campaigns"
      aria-rowcount={size.rows}
      aria-colcount={size.columns}
      aria-activedescendant={cellId(current.row, current.column)}
      tabIndex={0}
      onKeyDown={onKeyDown}
      style={{ '--row-height': `${height}px`, '--columns': columns } as React.CSSProperties}
    >
      <div role="rowgroup" className="grid-head">
        <div role="row" aria-rowindex={1} className="grid-row head">
          {campaignColumns.map(({ key, label, meaning, numeric }, column) => (
            <div
              key={key}
              id={cellId(0, column)}
              role="columnheader"
              aria-sort={sort.by !== key ? 'none' : sort.descending ? 'descending' : 'ascending'}
              aria-colindex={column + 1}
              data-active={isActive(0, column)}
              className={numeric ? 'cell number' : 'cell'}
              title={meaning}
              onClick={() => {
                setActive({ row: 0, column });
                setSort(nextSort(sort, key));
              }}
            >
              <span>{label}</span>
              {sort.by === key && <Icon name={sort.descending ? 'down' : 'up'} />}
            </div>
          ))}
        </div>
        <div role="row" aria-rowindex={2} className="grid-row totals">
          {campaignColumns.map((column, index) => (
            <div
              key={column.key}
              id={cellId(1, index)}
              role="gridcell"
              aria-colindex={index + 1}
              data-active={isActive(1, index)}
              data-column={column.key}
              data-label={column.label}
              className={column.numeric ? 'cell number' : 'cell'}
            >
              {index === 0 && `Total of ${counted(rows.length, 'campaign')}`}
              {column.metric !== undefined && <Value metric={column.metric} values={totals} currency={currency} />}
            </div>
          ))}
        </div>
      </div>
      <div role="rowgroup" className="grid-body" style={{ height: virtual.getTotalSize() }}>
        {virtual.getVirtualItems().map(({ index, key, start }) => {
          const row = rows[index];
          return row === undefined ? null : (
            <div
              key={key}
              role="row"
              aria-rowindex={index + headRows + 1}
              className="grid-row"
              style={{ transform: `translateY(${start - headHeight}px)` }}
            >
              {campaignColumns.map((column, at) => (
                <div
                  key={column.key}
                  id={cellId(index + headRows, at)}
                  role="gridcell"
                  aria-colindex={at + 1}
                  data-active={isActive(index + headRows, at)}
                  data-column={column.key}
                  data-label={column.label}
                  className={column.numeric ? 'cell number' : 'cell'}
                >
                  {edit !== undefined && isEditable(column.key) ? (
                    // The keys of the grid open it too; a button is for the pointer, the finger and the screen reader.
                    <button
                      type="button"
                      tabIndex={-1}
                      className="cell-edit"
                      aria-label={`${column.text(row)}: change the ${column.label.toLowerCase()} of ${row.name}`}
                      onClick={() => beginEdit(index, at)}
                    >
                      <CellContent column={column} row={row} currency={currency} />
                      <Icon name="edit" />
                    </button>
                  ) : (
                    <CellContent column={column} row={row} currency={currency} />
                  )}
                </div>
              ))}
            </div>
          );
        })}
      </div>
    </div>
  );
}

interface CellContentProps {
  readonly column: CampaignColumn;
  readonly row: CampaignRow;
  readonly currency: string;
}

const notLoaded = 'The last load of the account failed, so nobody knows';

const statusTones = { enabled: 'good', paused: 'quiet', removed: 'bad' } as const;

function CellContent({ column, row, currency }: CellContentProps) {
  if (column.metric !== undefined) {
    if (row.values !== null) return <Value metric={column.metric} values={row.values} currency={currency} />;
    return column.metric === 'spend' ? (
      <span className="no-value" title={notLoaded}>
        Not loaded
      </span>
    ) : (
      <NoValue why={notLoaded} />
    );
  }
  const text = column.text(row);
  if (row.pending === column.key) {
    return (
      <span className="being-applied" title="Being applied; the platform does not have it yet">
        <StatusMark tone="busy" /> {text}
        <span className="unseen">, being applied</span>
      </span>
    );
  }
  if (column.key === 'status') return <Status tone={statusTones[row.status]}>{text}</Status>;
  if (column.key === 'platform') {
    const own = ownWord(row.platform, 'campaign');
    return (
      <span
        className="clip"
        title={own === undefined ? platformName(row.platform) : `${platformName(row.platform)} calls it a ${own}`}
      >
        <span className="swatch" style={{ background: platformSeries(row.platform) }} /> {text}
      </span>
    );
  }
  if (column.key === 'budget' && row.dailyBudgetMicros === null) {
    return (
      <span title="The campaign has no daily budget of its own" className="no-value">
        {text}
      </span>
    );
  }
  return (
    <span
      className="clip"
      title={column.key === 'name' ? `${text} · ${platformName(row.platform)} ${row.platformId}` : text}
    >
      {text}
    </span>
  );
}
