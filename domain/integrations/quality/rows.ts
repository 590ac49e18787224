import type { Rule, Verdict } from './check.ts';
import { sampleSize } from './digest.ts';
import type { AccountEvidence } from './evidence.ts';

const nothing = { explained: [], unexplainedMicros: null } as const;

/** Rows that were refused for one reason, of those that the platform answered. */
export function refusedRows(
  { refusal, errorShare }: Extract<Rule, { kind: 'refused-rows' }>,
  severity: Verdict['severity'],
  { refused, refusedBeyond, rowsExtracted, window }: AccountEvidence,
): Verdict[] {
  const rows = refused.filter((row) => row.refusal === refusal);
  // Rows of an imported file are counted alone: that they could not be read is all that is known here.
  const found = refused.length === 0 && refusal === 'schema' ? refusedBeyond : rows.length;
  const share = found / Math.max(1, rowsExtracted);
  const beyond = rows.length > 0 && refusedBeyond > 0 ? `; ${refusedBeyond} more are counted only` : '';
  return [
    {
      ...nothing,
      ...window,
      severity: found === 0 ? 'ok' : share > errorShare ? 'error' : severity,
      message: found === 0 ? 'No row was refused.' : `${found} of ${rowsExtracted} rows were refused${beyond}.`,
      grain: null,
      unit: 'rows',
      expected: 0,
      found,
      sample: kindsOf(rows),
    },
  ];
}

/** How often each field of each report was refused, with the first reason. */
function kindsOf(rows: AccountEvidence['refused']): Verdict['sample'] {
  return [...Map.groupBy(rows, ({ report, field }) => `${report} ${field}`).values()]
    .sort((a, b) => b.length - a.length)
    .slice(0, sampleSize)
    .map((some) => ({ report: some[0]?.report, field: some[0]?.field, reason: some[0]?.reason, rows: some.length }));
}

/** Rows that contradict themselves, grain by grain; `place` is that of the check's tests in the digests. */
export function oddRows(place: number, severity: Verdict['severity'], evidence: AccountEvidence): Verdict[] {
  return [...evidence.grains].flatMap(([grain, digest]) => {
    const odd = digest.odd[place];
    if (!odd) return [];
    return {
      ...nothing,
      ...evidence.window,
      severity: odd.rows === 0 ? 'ok' : severity,
      message:
        odd.rows === 0
          ? `None of ${digest.rows} rows.`
          : `${odd.rows} of ${digest.rows} rows, with ${odd.spendMicros} micros of spend.`,
      grain,
      unit: 'rows' as const,
      expected: 0,
      found: odd.rows,
      sample: [...odd.sample],
    };
  });
}

export function duplicateRows(severity: Verdict['severity'], evidence: AccountEvidence): Verdict[] {
  return [...evidence.grains].map(([grain, { rows, duplicates }]) => ({
    ...nothing,
    ...evidence.window,
    severity: duplicates.rows === 0 ? 'ok' : severity,
    message:
      duplicates.rows === 0
        ? `Each of ${rows} rows is of its own object and day.`
        : `${duplicates.rows} rows are of an object and day that another row has, with ${duplicates.spendMicros} micros.`,
    grain,
    unit: 'rows' as const,
    expected: 0,
    found: duplicates.rows,
    sample: [...duplicates.sample],
  }));
}

/** Objects with facts that the structure does not know. */
export function unknownObjects(
  { level, grain }: Extract<Rule, { kind: 'references' }>,
  severity: Verdict['severity'],
  evidence: AccountEvidence,
): Verdict[] {
  const [digest, known] = [evidence.grains.get(grain), evidence.known[level]];
  if (!digest || !known) return [];
  const objects = digest.objects[level];
  const unknown = [...objects].filter(([id]) => !known.has(id)).sort(([, a], [, b]) => b - a);
  const spendMicros = unknown.reduce((sum, [, spend]) => sum + spend, 0);
  return [
    {
      ...nothing,
      ...evidence.window,
      severity: unknown.length === 0 ? 'ok' : severity,
      message:
        unknown.length === 0
          ? `All ${objects.size} are known.`
          : `${unknown.length} of ${objects.size} are not in the structure; their facts hold ${spendMicros} micros of spend.`,
      grain,
      unit: 'objects',
      expected: objects.size,
      found: objects.size - unknown.length,
      sample: unknown.slice(0, sampleSize).map(([id, spend]) => ({ id, spendMicros: spend })),
    },
  ];
}
