import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { firstMissing, sentenceOfInstallation, unpacked } from '../../scripts/launch/installation.mjs';
import { sentenceOf } from '../../scripts/launch/sentence.mjs';
import { inTurn } from '../../scripts/launch/turn.mjs';

const root = join(import.meta.dirname, '..', '..');
const folders: string[] = [];
afterEach(async () => {
  await Promise.all(folders.splice(0).map((folder) => rm(folder, { recursive: true, force: true })));
});

async function folder(files: Readonly<Record<string, string>> = {}): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'conext-launch-'));
  folders.push(path);
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true });
    await writeFile(join(path, name), content);
  }
  return path;
}

const lock = JSON.stringify({
  packages: {
    '': { version: '0.1.0' },
    'node_modules/node': { version: '24.0.0' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/a/node_modules/b': { version: '2.0.0' },
    'node_modules/only-on-mac': { version: '1.0.0', optional: true },
  },
});
const whole = {
  'package-lock.json': lock,
  'node_modules/.package-lock.json': lock,
  'node_modules/node/package.json': '{}',
  'node_modules/node/bin/node': '',
  'node_modules/a/package.json': '{}',
  'node_modules/a/node_modules/b/package.json': '{}',
};

describe('what is installed', () => {
  it('misses nothing when all but optional packages are there', async () => {
    const root = await folder(whole);
    expect(firstMissing(root)).toBeUndefined();
    expect(unpacked(root)).toEqual({ done: 3, total: 3 });
  });

  it.each([
    ['nothing is installed', 'node_modules', (root: string) => rm(join(root, 'node_modules'), { recursive: true })],
    [
      'an installation was broken off before npm wrote its record',
      'node_modules',
      (root: string) => rm(join(root, 'node_modules/.package-lock.json')),
    ],
    [
      'the record is cut off',
      'node_modules',
      (root: string) => writeFile(join(root, 'node_modules/.package-lock.json'), lock.slice(0, 40)),
    ],
    [
      'a folder was removed',
      'node_modules/a/node_modules/b',
      (root: string) => rm(join(root, 'node_modules/a/node_modules/b'), { recursive: true }),
    ],
    [
      'the lock file asks for another version',
      'node_modules/a',
      (root: string) => writeFile(join(root, 'package-lock.json'), lock.replace('"1.0.0"', '"1.0.1"')),
    ],
    [
      'the pinned Node has no program',
      'node_modules/node',
      (root: string) => rm(join(root, 'node_modules/node/bin/node')),
    ],
  ])('names the first package that is missing when %s', async (_case, missing, damage) => {
    const root = await folder(whole);
    await damage(root);
    expect(firstMissing(root)).toBe(missing);
  });
});

describe('sentences', () => {
  it.each([
    ['npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write', 'The disk is full'],
    ['npm error code EAI_AGAIN\nnpm error request to the registry failed', 'cannot be reached'],
    ['npm error code ECONNRESET\nnpm error network aborted', 'cannot be reached'],
    ['npm error code EINTEGRITY\nnpm error sha512-x integrity checksum failed', 'damaged'],
    ['npm error code EBADPLATFORM\nnpm error notsup Unsupported platform', 'Linux x64'],
    ['npm error code EUSAGE\nnpm error `npm ci` can only install packages when in sync', 'do not agree'],
    [
      'npm error code EACCES\nnpm error syscall mkdir\nnpm error path /home/ada/.npm',
      '/home/ada/.npm may not be written',
    ],
    ['npm error code ENOTEMPTY\nnpm error syscall rmdir', 'Another program writes in node_modules'],
    ['npm error code E404\nnpm error 404 Not Found', 'registry refused'],
    ['', 'Check the network and the free disk space'],
  ])('tells what to do when npm says %j', (output, told) => {
    const sentence = sentenceOfInstallation(output);
    expect(sentence).toMatch(/^Installing the dependencies failed\. /);
    expect(sentence).toContain(told);
    expect(sentence).not.toContain('\n');
  });

  it('repeats the line of npm that says what happened', () => {
    const output = 'npm error code EAI_AGAIN\nnpm error syscall getaddrinfo\nnpm error request to a.example failed\n';
    expect(sentenceOfInstallation(output)).toMatch(/\(npm: request to a\.example failed\)$/);
  });

  it.each(['ENOSPC', 'EACCES', 'EROFS', 'EMFILE', 'ENOTDIR'])('says what to do about %s, and where', (code) => {
    const sentence = sentenceOf(Object.assign(new Error(`${code}: open '/x/y'`), { code, path: '/x/y' }));
    expect(sentence).toContain(`(${code}: open '/x/y')`);
    expect(sentence).toMatch(/^[A-Z/][^\n]+(try again|can be written)\. \(/);
  });

  it('gives the message of any other error without its stack', () => {
    expect(sentenceOf(new Error('lib/a.ts:3:1: Unexpected "}"'))).toBe('lib/a.ts:3:1: Unexpected "}"');
    expect(sentenceOf('text')).toBe('text');
  });
});

describe('turns', () => {
  it('lets one work at a time and tells the other whom it waits for', async () => {
    const file = join(await folder(), 'dist', '.lock');
    const waitedFor: number[] = [];
    let running = 0;
    let most = 0;
    const work = async () => {
      running += 1;
      most = Math.max(most, running);
      await new Promise((turn) => setTimeout(turn, 50));
      running -= 1;
    };
    await Promise.all([1, 2, 3].map(() => inTurn(file, work, (pid) => waitedFor.push(pid))));
    expect(most).toBe(1);
    expect(waitedFor).toEqual([process.pid, process.pid]);
  });

  it('is free again after work that failed', async () => {
    const file = join(await folder(), '.lock');
    await expect(inTurn(file, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await inTurn(file, async () => 'done')).toBe('done');
  });

  it.each([
    ['of a process that is gone', '2147483646 123'],
    ['of a number that another process has now', `${process.pid} 1`],
    ['that was cut off while it was written', ''],
  ])('takes a lock %s', async (_case, content) => {
    const root = await folder({ '.lock': content });
    expect(await inTurn(join(root, '.lock'), () => readFile(join(root, '.lock'), 'utf8'))).toContain(`${process.pid} `);
  });
});

describe('commands', () => {
  const run = (args: readonly string[]): Promise<{ code: number | null; out: string; err: string }> => {
    const child = spawn(process.execPath, [join(root, 'scripts', 'run.mjs'), ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const seen = { out: '', err: '' };
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      seen.out += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      seen.err += text;
    });
    return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...seen })));
  };

  it.each<[readonly string[], string]>([
    [[], 'Commands:'],
    [['dance'], 'There is no command "dance".'],
    [['constructor'], 'There is no command "constructor".'],
    [['start', '--fast'], 'npm start takes no arguments; it was given --fast.'],
    [['deploy'], '--stage and --region are needed.'],
    [['deploy', '--stage', 'local', '--region', 'eu-central-1'], 'choose another name'],
    [['deploy', '--stage', 'Prod!', '--region', 'eu-central-1'], '2 to 12 lower-case letters and digits'],
    [['deploy', '--stage', 'dev', '--region', 'Frankfurt'], 'eu-central-1'],
    [['deploy', '--region'], '--region'],
    [['deploy', '--stga', 'dev'], '--stga'],
    [['deploy', 'dev'], 'dev'],
    [['workspace'], '--stage, --region and --file are needed.'],
    [
      ['workspace', '--stage', 'dev', '--region', 'eu-central-1', '--file', '/nowhere/w.json'],
      '/nowhere/w.json cannot be read',
    ],
    [['workspace', '--stage', 'dev', '--region', 'eu-central-1', '--file', join(root, 'LICENSE')], 'is not JSON'],
    [
      ['workspace', '--stage', 'dev', '--region', 'eu-central-1', '--file', join(root, 'package.json')],
      'does not describe a workspace',
    ],
  ])('refuses %j with a sentence and exit code 2', async (args, told) => {
    const { code, out, err } = await run(args);
    expect(err).toContain(told);
    expect(err).not.toMatch(/^\s+at /m);
    expect({ code, out }).toEqual({ code: 2, out: '' });
  });

  it.each(['start', 'deploy', 'workspace'])('explains %s with --help', async (command) => {
    const { code, out, err } = await run([command, '--help']);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain(`npm ${command === 'start' ? '' : 'run '}${command}`);
  });
});

describe('a child', () => {
  const program = `
    import { runChild } from ${JSON.stringify(join(root, 'scripts', 'launch', 'child.mjs'))};
    const { code } = await runChild(process.execPath, ['-e', process.argv[1]], { ownGroup: true, whenParentIsGone: true });
    process.exit(code);`;
  // Two generations: the grandchild never ends by itself, and says so with its number.
  const grandchild = `const { spawn } = require('node:child_process');
    const g = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    console.log(g.pid);`;

  async function started(
    child: string,
  ): Promise<{ process: ChildProcess; grandchild: number; over: Promise<number | null> }> {
    const process_ = spawn(process.execPath, ['--input-type=module', '-e', program, child], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const over = new Promise<number | null>((resolve) => process_.on('exit', (code) => resolve(code)));
    const pid = await new Promise<number>((resolve) =>
      process_.stdout.once('data', (text) => resolve(Number(`${text}`))),
    );
    return { process: process_, grandchild: pid, over };
  }
  const alive = async (pid: number): Promise<boolean> => {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ' Z ');
    return !/\) Z|^ Z /.test(stat);
  };

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'hears %s once, in its own time, and leaves nobody behind',
    async (signal) => {
      const child = `let heard = 0;
      process.on('${signal}', () => { heard += 1; setTimeout(() => process.exit(40 + heard), 200); });
      ${grandchild}`;
      const { process: parent, grandchild: pid, over } = await started(child);
      parent.kill(signal);
      parent.kill(signal);
      expect(await over).toBe(41);
      await expect.poll(() => alive(pid)).toBe(false);
    },
  );

  it('passes on how it ended', async () => {
    expect(await (await started(`${grandchild} setTimeout(() => process.exit(7), 50)`)).over).toBe(7);
    expect(await (await started(`${grandchild} setTimeout(() => process.kill(process.pid, 'SIGTERM'), 50)`)).over).toBe(
      143,
    );
  });
});
