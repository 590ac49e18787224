/**
 * The words a query may use. Everything else is sent to the engine as a quoted name, so that a keyword nobody thought of means
 * nothing there. All of it exists in Athena and in DuckDB alike.
 */

/** Words with a meaning inside expressions. */
export const expressionWords: ReadonlySet<string> = new Set(
  'and or not is null like escape between in exists case when then else end as distinct over asc desc true false filter'.split(
    ' ',
  ),
);

/** Words that begin the next part of a query and end an expression. */
export const clauseWords: ReadonlySet<string> = new Set(
  'select from where group having order limit offset union intersect except on join inner left right full cross using with values'.split(
    ' ',
  ),
);

/** Words inside `OVER (…)`. */
export const windowWords: ReadonlySet<string> = new Set(
  'partition by order rows range unbounded preceding following current row'.split(' '),
);

/** What can stand after INTERVAL '1' and first in EXTRACT(… FROM …). */
export const dateParts: ReadonlySet<string> = new Set('year quarter month week day hour minute second'.split(' '));

/** Types of CAST. */
export const types: ReadonlySet<string> = new Set(
  'bigint integer smallint double real boolean varchar date timestamp decimal'.split(' '),
);

/** Pure functions of their arguments: none reads a file, a setting, the catalogue or the network. */
export const functions: ReadonlySet<string> = new Set(
  [
    // Sums over rows.
    'sum count avg min max max_by min_by stddev stddev_pop stddev_samp variance var_pop var_samp corr covar_pop covar_samp',
    'regr_slope regr_intercept count_if bool_and bool_or any_value approx_distinct grouping',
    // Windows.
    'row_number rank dense_rank percent_rank cume_dist ntile lag lead first_value last_value nth_value',
    // Numbers.
    'abs ceil ceiling floor round sign sqrt cbrt power pow exp ln log10 log2 mod greatest least',
    // Texts.
    'lower upper length trim ltrim rtrim substr substring replace concat strpos reverse starts_with split_part',
    // Days.
    'date_trunc date_diff date_add extract year quarter month week day day_of_week',
    // Choices and types.
    'coalesce nullif if cast try_cast rollup cube',
  ].flatMap((line) => line.split(' ')),
);
