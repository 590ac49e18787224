import { parseArgs } from 'node:util';
import * as z from 'zod/mini';
import { blockMillis } from '../../contracts/streams/windows.ts';
import { type RebuiltWindows, rebuiltWindows } from '../../contracts/window-rebuild.ts';
import { localAws, localHome, stageOf, stageOptions } from '../stage-of.ts';

const help = `Holds the counters of a workspace against the events in the lake, or makes them from it again.

  npm run streams -- verify  --workspace wsp_… --from 2026-11-20T10:00Z --to 2026-11-20T14:00Z
  npm run streams -- rebuild --workspace wsp_… --from … --to …

  --stage NAME --region REGION [--profile NAME]    a deployed stage; the system on this machine without them

verify changes nothing and ends with 1 where numbers differ. rebuild replaces what differs; what is counted meanwhile is never lost.
What changed within the last quarter of an hour is left alone and named. docs/streaming-lake.md says more.
`;
const usageError = 2;
/** Of one call, as the function takes them. */
const mostMillis = 48 * 3_600_000;

function fail(message: string, code = usageError): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

/** A time without a zone would be another on each machine. */
const instantOf = (text = ''): number =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
/** The function works by whole blocks of minutes: a piece that begins within one would be longer than it takes. */
const blockOf = (at: number): number => Math.floor(at / blockMillis) * blockMillis;

function read() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        workspace: { type: 'string' },
        from: { type: 'string' },
        to: { type: 'string' },
        ...stageOptions,
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const [mode, ...rest] = positionals;
    if ((mode !== 'verify' && mode !== 'rebuild') || rest.length > 0) throw new Error('Say verify or rebuild.');
    const { workspace } = values;
    if (!/^wsp_[0-9A-HJKMNP-TV-Z]{26}$/.test(workspace ?? '')) throw new Error('--workspace must be an id like wsp_…');
    const [from, to] = [instantOf(values.from), instantOf(values.to)];
    if (!(from < to))
      throw new Error('--from and --to must be instants such as 2026-11-20T10:00Z, the first the earlier.');
    return { mode, workspaceId: workspace ?? '', from: blockOf(from), to, of: stageOf(values) } as const;
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

const question = read();

/** The system on this machine answers where AWS would, to the operator's keys. */
async function reachLocal(): Promise<void> {
  const aws = await localAws(localHome());
  process.env.AWS_ENDPOINT_URL = aws.endpointUrl;
  process.env.AWS_ACCESS_KEY_ID = aws.accessKeyId;
  process.env.AWS_SECRET_ACCESS_KEY = aws.secretAccessKey;
}

async function ask(from: number): Promise<RebuiltWindows> {
  const { invokeOperator } = await import('../invoke-operator.ts');
  const { of, workspaceId, mode, to } = question;
  const { stage, region = 'eu-central-1', profile } = of;
  const answer = await invokeOperator({ stage, region, profile }, 'integrations/rebuild-windows', {
    workspaceId,
    mode,
    from: new Date(from).toISOString(),
    to: new Date(Math.min(to, from + mostMillis)).toISOString(),
  });
  return z.parse(rebuiltWindows, answer);
}

/** The columns as wide as what stands in them; numbers to the right. */
function tableOf(differences: RebuiltWindows['differences']): string[] {
  if (differences.length === 0) return [];
  const rows = [
    ['window', 'at', 'counter', 'counted', 'in the lake', 'of (account campaign ad-group ad currency)'],
    ...differences.map(({ window, at, counter, counted, inLake, key }) => [
      window,
      at,
      counter,
      String(counted),
      String(inLake),
      key,
    ]),
  ];
  const widths = rows.reduce<number[]>(
    (widest, row) => row.map((cell, index) => Math.max(widest[index] ?? 0, cell.length)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, index) => {
        const width = widths[index] ?? 0;
        return index === 3 || index === 4 ? cell.padStart(width) : cell.padEnd(width);
      })
      .join('  ')
      .trimEnd(),
  );
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);
try {
  if (question.of.region === undefined) await reachLocal();
  let different = 0;
  for (let from = question.from; from < question.to; ) {
    const part = await ask(from);
    different += part.different;
    print(
      `${part.from} to ${part.to}: ${part.compared} numbers compared, ${part.different} differ` +
        (question.mode === 'rebuild' ? `, ${part.replaced} items replaced, ${part.idsAdded} ids added` : ''),
    );
    for (const line of tableOf(part.differences)) print(`  ${line}`);
    const unshown = part.different - part.differences.length;
    if (unshown > 0) print(`  and ${unshown} more`);
    if (part.unsettled.length > 0) print(`  still changing, left alone: ${part.unsettled.join(', ')}`);
    const reached = Date.parse(part.to);
    if (reached <= from) fail('The function came no further.', 1);
    from = reached;
  }
  if (question.mode === 'verify' && different > 0) process.exitCode = 1;
} catch (error) {
  fail(`The windows could not be looked at: ${error instanceof Error ? error.message : String(error)}`, 1);
}
