import { mkdirSync, statfsSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import {
  firstMissing,
  installArguments,
  inTheWay,
  roomNeededGb,
  sentenceOfInstallation,
  unpacked,
} from './installation.mjs';
import { inTurn } from './turn.mjs';

const progressMs = 5_000;

/** Installs what the lock file names unless it is there. Returns the signal that stopped it, if one did; throws one sentence. */
export async function install(root, write) {
  if (firstMissing(root) === undefined) {
    return undefined;
  }
  mkdirSync(join(root, 'dist'), { recursive: true });
  return await inTurn(
    join(root, 'dist', '.installing'),
    async () => (firstMissing(root) === undefined ? undefined : await installNow(root, write)),
    (pid) => write(`Waiting for another installation in this folder (process ${pid}) …\n`),
  );
}

async function installNow(root, write) {
  const { bavail, bsize } = statfsSync(root);
  const freeGb = (bavail * bsize) / 1024 ** 3;
  if (freeGb < roomNeededGb) {
    throw new Error(
      `The disk is too full to install the dependencies: ${root} has ${freeGb.toFixed(1)} GB free and needs ${roomNeededGb} GB. Free some space, then try again.`,
    );
  }
  const { total } = unpacked(root);
  write(`Installing ${total} packages (once; about a minute) …\n`);
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  let shown = 0;
  const timer = setInterval(() => {
    const { done } = unpacked(root);
    // npm first fetches, then unpacks: until then there is nothing to count.
    write(
      done > shown
        ? `  ${done} of ${total} packages unpacked, ${seconds()} s\n`
        : `  ${shown === 0 ? 'fetching' : `${shown} of ${total} packages unpacked`}, ${seconds()} s\n`,
    );
    shown = done;
  }, progressMs);
  const npm = process.env.npm_execpath;
  const [file, args] = npm === undefined ? ['npm', installArguments] : [process.execPath, [npm, ...installArguments]];
  const attempt = async () => {
    let output = '';
    const result = await runChild(file, args, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      ownGroup: true,
      patienceMs: 2_000,
      whenParentIsGone: npm !== undefined,
      onOutput: (text) => {
        output = (output + text).slice(-50_000);
      },
    });
    return { ...result, output };
  };
  let result = await attempt();
  // An installation whose starter was killed writes for a while longer, also where this one has just cleared up.
  for (let again = 0; again < 3 && result.code !== 0 && !result.signalled && inTheWay.test(result.output); again += 1) {
    await new Promise((over) => setTimeout(over, 5_000));
    result = await attempt();
  }
  const { code, error, signalled, output } = result;
  clearInterval(timer);
  if (signalled !== undefined) {
    return signalled;
  }
  if (error !== undefined) {
    throw new Error(`npm cannot be run (${error.message}): install Node.js with npm, then try again.`);
  }
  if (code !== 0) {
    throw new Error(sentenceOfInstallation(output));
  }
  const missing = firstMissing(root);
  if (missing !== undefined) {
    throw new Error(`npm reported success, but ${missing} is missing: run "npm ci", then try again.`);
  }
  write(`Installed in ${seconds()} s.\n`);
  return undefined;
}
