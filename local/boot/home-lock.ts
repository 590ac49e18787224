/** One running system per home folder. */
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { isObject } from '../services/json-protocol.ts';
import { StartError } from './start-error.ts';

export interface HomeLock {
  release(): void;
}

/** Throws `StartError` when another process holds the home. */
export function lockHome(home: string): HomeLock {
  mkdirSync(home, { recursive: true });
  const path = join(home, 'lock');
  // Twice: the first try may find what a process left that was killed.
  for (let tries = 0; tries < 2; tries += 1) {
    try {
      const file = openSync(path, 'wx');
      writeSync(file, JSON.stringify({ pid: process.pid, startedAt: startOf(process.pid) }));
      closeSync(file);
      return { release: () => rmSync(path, { force: true }) };
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
    }
    const holder = readHolder(path);
    if (holder !== undefined && startOf(holder.pid) === holder.startedAt) {
      throw new StartError(
        `Conext Ads already runs on ${home} (process ${holder.pid}); stop it first, or set CONEXT_HOME and CONEXT_PORT_BASE to run another.`,
      );
    }
    rmSync(path, { force: true });
  }
  throw new StartError(`${path} cannot be taken; another start is under way.`);
}

interface Holder {
  readonly pid: number;
  readonly startedAt: string | undefined;
}

function readHolder(path: string): Holder | undefined {
  try {
    const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (!isObject(parsed) || typeof parsed.pid !== 'number') return undefined;
    return { pid: parsed.pid, startedAt: typeof parsed.startedAt === 'string' ? parsed.startedAt : undefined };
  } catch {
    return undefined;
  }
}

/** Process numbers are used again; with its start time (Linux, clock ticks since boot) a process is told from its successor. */
function startOf(pid: number): string | undefined {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // Somebody else's process is alive all the same.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return 'gone';
  }
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    // A process that ended keeps its number until its parent has asked for its exit code.
    return fields[0] === 'Z' ? 'gone' : fields[19];
  } catch {
    return undefined;
  }
}
