import { parseArgs } from 'node:util';
import type { AuditVerification } from '../../contracts/schemas/audit.ts';
import { verifyDeployed, verifyFile, verifyLocal } from '../audit/find-trail.ts';
import { localHome } from '../stage-of.ts';

const help = `Proves that the audit trail of a workspace is whole, or says where it is not. Exit status 1 if it is not.

  npm run audit:verify                                                  the system on this machine
  npm run audit:verify -- --stage prod --region eu-central-1 --workspace wsp_… [--profile NAME]
  npm run audit:verify -- --file conext-audit.jsonl --workspace wsp_…   an export, with nothing but this file

  --sequence N --hash HASH   a head that was noted earlier: the trail must still lead through it

Note the head that is printed somewhere else. Whoever can rewrite the whole table can make a new trail that is whole in itself; it
does not lead through a head that was noted before.
`;
const usageError = 2;

function fail(message: string, code = usageError): never {
  process.stderr.write(`${message}\n`);
  process.exit(code);
}

function read() {
  try {
    const text = { type: 'string' } as const;
    const { values } = parseArgs({
      options: {
        stage: text,
        region: text,
        profile: text,
        workspace: text,
        file: text,
        sequence: text,
        hash: text,
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      process.stdout.write(help);
      process.exit(0);
    }
    const { stage, region, profile, workspace, file, sequence, hash } = values;
    if ((sequence === undefined) !== (hash === undefined)) throw new Error('--sequence and --hash go together.');
    if (sequence !== undefined && !/^[1-9]\d{0,14}$/.test(sequence)) throw new Error(`"${sequence}" is no sequence.`);
    if (hash !== undefined && !/^[0-9a-f]{64}$/.test(hash)) throw new Error('--hash takes 64 hexadecimal digits.');
    const noted = sequence === undefined || hash === undefined ? undefined : { sequence: Number(sequence), hash };
    if (file !== undefined) {
      if (workspace === undefined) throw new Error('An export needs --workspace: its id goes into every hash.');
      return { noted, verify: () => verifyFile(file, workspace, noted) };
    }
    if (stage === undefined && region === undefined) {
      if (workspace !== undefined)
        throw new Error('The system on this machine has one workspace; leave --workspace out.');
      return { noted, verify: () => verifyLocal(localHome(), noted) };
    }
    if (stage === undefined || region === undefined || workspace === undefined) {
      throw new Error('A deployed stage needs --stage, --region and --workspace.');
    }
    return { noted, verify: () => verifyDeployed({ stage, region, profile, workspace }, noted) };
  } catch (error) {
    return fail(`${error instanceof Error ? error.message : String(error)}\n\n${help}`);
  }
}

function told({ valid, entries, head, faults, faultCount }: AuditVerification, led: boolean): string {
  const lines = [
    valid
      ? `The audit trail is whole: ${entries} entries, each leading to the next${led ? ', through the head that was noted' : ''}.`
      : `The audit trail is not whole: ${faultCount} faults in ${entries} entries.`,
    ...faults.map(({ sequence, kind, message }) => `  ${sequence} ${kind}: ${message}`),
    ...(faultCount > faults.length ? [`  … and ${faultCount - faults.length} more`] : []),
    ...(head === null ? [] : [`Head: --sequence ${head.sequence} --hash ${head.hash}`]),
  ];
  return `${lines.join('\n')}\n`;
}

const question = read();
const verification = await question
  .verify()
  .catch((error: unknown) =>
    fail(`The audit trail could not be read: ${error instanceof Error ? error.message : String(error)}`, 1),
  );
process.stdout.write(told(verification, question.noted !== undefined));
process.exit(verification.valid ? 0 : 1);
