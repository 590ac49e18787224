import { parseArgs } from 'node:util';
import { localHome, stageOf, stageOptions } from '../stage-of.ts';

const help = `Dead letters of the stream: records that are no events or may not be counted, and batches that were given up.

  npm run dlq -- list [--reason R] [--limit N]     a line each; 100 unless told, 10,000 at most
  npm run dlq -- show ID                           the whole of one, decoded where any released schema reads it
  npm run dlq -- replay ID…                        put these on the stream again
  npm run dlq -- replay --all [--reason R]         put all (of a reason) on the stream again

  --dry-run           replay: say what would be done
  --stage NAME        the stage; the system on this machine when absent
  --region REGION     of a deployed stage
  --profile NAME      the AWS profile to work with

A letter leaves the queue once the stream has its records. Repeating a replay counts nothing twice: events are known by their ids.
Reasons and what to do about each: docs/runbooks/dead-letters-waiting.md
`;
const usageError = 2;

function fail(message: string, code = usageError): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function read() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        reason: { type: 'string' },
        limit: { type: 'string' },
        all: { type: 'boolean', default: false },
        'dry-run': { type: 'boolean', default: false },
        ...stageOptions,
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const [verb, ...ids] = positionals;
    const { reason, limit, all, 'dry-run': dryRun } = values;
    if (verb !== 'list' && verb !== 'show' && verb !== 'replay') {
      throw new Error(verb === undefined ? 'Say list, show or replay.' : `There is no "${verb}" here.`);
    }
    if (verb === 'list' && ids.length > 0) throw new Error('list takes no further words.');
    if (verb === 'show' && ids.length !== 1) throw new Error('show takes one ID.');
    if (verb === 'replay' && all === ids.length > 0) throw new Error('replay takes IDs, or --all.');
    if (reason !== undefined && (verb === 'show' || ids.length > 0)) {
      throw new Error('--reason goes with list or replay --all.');
    }
    if (verb !== 'replay' && (all || dryRun)) throw new Error('--all and --dry-run go with replay.');
    if (limit !== undefined && (verb !== 'list' || !/^[1-9]\d{0,3}$|^10000$/.test(limit))) {
      throw new Error('--limit goes with list and is a whole number from 1 to 10000.');
    }
    return { verb, ids, reason, limit: Number(limit ?? 100), dryRun, of: stageOf(values) };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

const question = read();
try {
  // AWS's clients take a while to load; a mistyped command is answered without them.
  const { deployedTarget, localTarget } = await import('../dlq/stream-target.ts');
  const { listLetters, replayLetters, showLetter } = await import('../dlq/work-on-letters.ts');
  const { createEventCodec } = await import('../../adapters/streams/event-codec.ts');
  const { createGlueRegistry } = await import('../../adapters/streams/glue-registry.ts');
  const { of } = question;
  const target = of.region === undefined ? await localTarget(localHome()) : await deployedTarget(of);
  const ports = {
    ...target,
    codec: createEventCodec(createGlueRegistry(target.config)),
    print: (line: string) => void process.stdout.write(`${line}\n`),
  };
  const [id = ''] = question.ids;
  if (question.verb === 'list') await listLetters(ports, { ...question, now: Date.now() });
  else if (question.verb === 'show') {
    if (!(await showLetter(ports, id))) {
      fail(
        `There is no dead letter ${id}; npm run dlq -- list names them. One that is being read shows up again later.`,
        1,
      );
    }
  } else {
    const { letters, records, refused, missing, newer } = await replayLetters(ports, { ...question, now: Date.now() });
    ports.print(
      `${question.dryRun ? 'Would put' : 'Put'} ${records} records of ${letters} letters on the stream; ${refused} stay.`,
    );
    if (newer > 0) ports.print(`${newer} came while it ran and stay: what was put again may have been refused again.`);
    if (missing.length > 0) fail(`Not in the queue: ${missing.join(', ')}.`, 1);
    if (refused > 0) process.exitCode = 1;
  }
} catch (error) {
  fail(`The dead letters could not be reached: ${error instanceof Error ? error.message : String(error)}`, 1);
}
