import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const pollMs = 200;

/** Linux tells when a process started, in clock ticks since boot; with it a process is told from a later one of the same number. */
function startOf(pid) {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== 'EPERM') {
      return 'gone';
    }
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that ended keeps its number until its parent has asked for its exit code.
    return fields[0] === 'Z' ? 'gone' : fields[19];
  } catch {
    return 'running';
  }
}

/**
 * Does the work while no other process does work under the same lock file; `onWait` hears once, with its process number, of who
 * has to end first. A lock whose process is gone counts for nothing.
 */
export async function inTurn(file, work, onWait = () => {}) {
  const mine = `${process.pid} ${startOf(process.pid)}`;
  mkdirSync(dirname(file), { recursive: true });
  let told = false;
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: 'wx' });
      break;
    } catch (error) {
      if (error.code !== 'EEXIST') {
        throw error;
      }
    }
    const holder = read(file);
    const [pid, start] = holder?.split(' ') ?? [];
    if (pid === undefined || start === undefined || startOf(Number(pid)) !== start) {
      // A file that was made this instant is not written yet: look again before it is taken for a leftover.
      await new Promise((over) => setTimeout(over, pollMs));
      if (read(file) === holder) {
        rmSync(file, { force: true });
      }
      continue;
    }
    if (!told) {
      onWait(Number(pid));
      told = true;
    }
    await new Promise((over) => setTimeout(over, pollMs));
  }
  try {
    return await work();
  } finally {
    rmSync(file, { force: true });
  }
}

function read(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
