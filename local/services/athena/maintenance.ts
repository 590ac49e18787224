/**
 * Statements that change or tend an Iceberg table rather than its rows. DuckDB has its own words for the first and no files to tend
 * for the others: what was done instead stands in the execution's StateChangeReason.
 * https://docs.aws.amazon.com/athena/latest/ug/querying-iceberg-managing-tables.html
 */
import { AwsError, unsupported } from '../../ports.ts';
import { duckDbType } from './column-types.ts';
import { quoteName } from './table-statements.ts';

export interface Maintenance {
  /** As the statement names the table: `table` or `database.table`. */
  readonly table: string;
  /** DuckDB's statements, in order. */
  readonly statements: readonly string[];
  readonly note: string | undefined;
  /** Data files of the table are deleted on AWS. */
  readonly deletes: boolean;
}

const NAME = '((?:[a-z_]\\w*\\.)?[a-z_]\\w*)';
const ADD_COLUMNS = new RegExp(`^\\s*ALTER\\s+TABLE\\s+${NAME}\\s+ADD\\s+COLUMNS\\s*\\((.*)\\)\\s*;?\\s*$`, 'is');
const OPTIMIZE = new RegExp(
  `^\\s*OPTIMIZE\\s+${NAME}\\s+REWRITE\\s+DATA\\s+USING\\s+BIN_PACK(\\s+WHERE\\b.*)?\\s*;?\\s*$`,
  'is',
);
const VACUUM = new RegExp(`^\\s*VACUUM\\s+${NAME}\\s*;?\\s*$`, 'i');
const MAINTAINS = /^\s*(ALTER|OPTIMIZE|VACUUM)\b/i;
const COLUMN = /^\s*`?([a-z_]\w*)`?\s+([a-z]+(?:\(\s*\d+\s*,\s*\d+\s*\))?)\s*$/i;

/** `undefined` for any other statement. Throws for forms that are not in use, by name. */
export function readMaintenance(sql: string): Maintenance | undefined {
  const verb = MAINTAINS.exec(sql)?.[1]?.toUpperCase();
  if (verb === undefined) return undefined;
  const [, altered = '', columns = ''] = ADD_COLUMNS.exec(sql) ?? [];
  if (altered !== '') return addColumns(altered, columns);
  const [, compacted = '', where] = OPTIMIZE.exec(sql) ?? [];
  if (compacted !== '' && where === undefined) {
    return {
      table: compacted,
      statements: ['CHECKPOINT awsdatacatalog'],
      note: 'Nothing to compact: DuckDB keeps the table in one file. Its log was written into it.',
      deletes: false,
    };
  }
  const [, vacuumed = ''] = VACUUM.exec(sql) ?? [];
  if (vacuumed !== '') {
    return {
      table: vacuumed,
      statements: ['CHECKPOINT awsdatacatalog'],
      note: 'Nothing to expire: DuckDB keeps no snapshots. The space of deleted rows was freed for new ones.',
      deletes: true,
    };
  }
  throw unsupported('Athena', `this form of ${verb}: ${sql.trim().slice(0, 80)}`);
}

function addColumns(table: string, list: string): Maintenance {
  const statements = splitColumns(list).map((column) => {
    const [, name = '', glueType = ''] = COLUMN.exec(column) ?? [];
    const type = duckDbType(glueType);
    if (name === '' || type === undefined) {
      throw new AwsError(
        'InvalidRequestException',
        `mismatched input '${column.trim()}'. Expecting: a column name and its type`,
      );
    }
    return `ALTER TABLE ${table.split('.').map(quoteName).join('.')} ADD COLUMN ${quoteName(name.toLowerCase())} ${type}`;
  });
  return { table, statements, note: undefined, deletes: false };
}

/** At commas outside parentheses: `decimal(18,6)` is one type. */
const splitColumns = (list: string): readonly string[] => list.split(/,(?![^(]*\))/);
