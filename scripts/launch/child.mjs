import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** A key press reaches this process twice: from the terminal and from npm, which passes it on. */
const sameKeyPressMs = 1_000;
const parentCheckMs = 500;
/** A child that was told to stop and did not is ended. */
const longestPatienceMs = 20_000;

/**
 * Runs a program and waits until it, and everything that it started, is gone. Signals go to the program alone, which stops what
 * it started in order; with `ownGroup` the rest of its process group is ended after it. `whenParentIsGone`: stop too when the
 * process that started this one was killed, which no signal tells.
 */
export function runChild(
  file,
  args,
  { ownGroup = false, whenParentIsGone = false, patienceMs = longestPatienceMs, onOutput, ...options } = {},
) {
  return new Promise((resolve) => {
    const child = spawn(file, args, { stdio: 'inherit', ...options, detached: ownGroup });
    let signalled;
    let lastSignalAt = Number.NEGATIVE_INFINITY;
    let deadline;
    const pass = (signal) => {
      const now = performance.now();
      if (now - lastSignalAt < sameKeyPressMs) {
        return;
      }
      lastSignalAt = now;
      signalled ??= signal;
      child.kill(signal);
      deadline ??= setTimeout(() => child.kill('SIGKILL'), patienceMs);
    };
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) {
      process.on(signal, pass);
    }
    const parent = process.ppid;
    const watch = whenParentIsGone
      ? setInterval(() => {
          if (process.ppid !== parent) {
            pass('SIGTERM');
          }
        }, parentCheckMs)
      : undefined;
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text) => onOutput?.(text));
    }
    let ended = false;
    const end = (result) => {
      if (ended) {
        return;
      }
      ended = true;
      clearTimeout(deadline);
      clearInterval(watch);
      for (const signal of signals) {
        process.off(signal, pass);
      }
      if (ownGroup && child.pid !== undefined) {
        try {
          process.kill(-child.pid, 'SIGKILL');
        } catch {
          // Nobody is left.
        }
      }
      resolve({ ...result, signalled });
    };
    child.on('error', (error) => end({ code: 1, error }));
    child.on('exit', (code, signal) => end({ code: code ?? exitCodeOf(signal) }));
  });
}

/** As a shell reports a program that a signal ended. */
export const exitCodeOf = (signal) => 128 + (constants.signals[signal] ?? 0);
