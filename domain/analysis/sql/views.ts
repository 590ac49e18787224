import type { Grain } from '../../../contracts/schemas/primitives.ts';
import { grain } from '../../../contracts/schemas/primitives.ts';
import { type Column, factColumns, factTable } from '../../../contracts/warehouse.ts';

/** Columns of ours that are no business of an analyst. */
const internal: ReadonlySet<string> = new Set(['workspace_id', 'run_id']);

export interface AnalystView {
  readonly name: string;
  readonly grain: Grain;
  readonly columns: readonly Column[];
}

/** What analysts see: a view a fact table, `metrics_campaign_daily` over `fact_campaign_daily`. */
export const analystViews: readonly AnalystView[] = grain.options.map((level) => ({
  name: factTable(level).replace(/^fact_/, 'metrics_'),
  grain: level,
  columns: factColumns(level).filter((column) => !internal.has(column.name)),
}));

const workspacePattern = /^wsp_[0-9A-Z]{26}$/;

/** The rows of one workspace as a subquery. Throws for anything but a workspace id: it comes from a token, never from a query. */
export function viewOf({ grain: level, columns }: AnalystView, workspaceId: string): string {
  if (!workspacePattern.test(workspaceId)) throw new TypeError('This is not a workspace id.');
  const names = columns.map((column) => `"${column.name}"`).join(', ');
  return `(SELECT ${names} FROM ${factTable(level)} WHERE workspace_id = '${workspaceId}')`;
}
