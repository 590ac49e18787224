/** Tasks that wait for SendTaskSuccess, SendTaskFailure or SendTaskHeartbeat. */
import { randomBytes } from 'node:crypto';
import { AwsError } from '../ports.ts';
import { StateFailure } from './state-failure.ts';

interface WaitingTask {
  readonly machineArn: string;
  readonly succeed: (output: unknown) => void;
  readonly fail: (failure: StateFailure) => void;
  readonly beat: () => void;
}

export class TaskTokens {
  readonly #waiting = new Map<string, WaitingTask>();

  open(): string {
    return randomBytes(48).toString('base64');
  }

  /** The answer given for the token. `release` when nobody waits any more. */
  wait(
    token: string,
    machineArn: string,
    beat: () => void,
  ): { readonly answer: Promise<unknown>; readonly release: () => void } {
    const answer = new Promise<unknown>((succeed, fail) =>
      this.#waiting.set(token, { machineArn, succeed, fail, beat }),
    );
    // The attempt may time out first; the answer is then nobody's.
    answer.catch(() => {});
    return { answer, release: () => void this.#waiting.delete(token) };
  }

  /** The machine whose task waits: permissions to answer are granted on it. */
  machineOf(token: string): string | undefined {
    return this.#waiting.get(token)?.machineArn;
  }

  succeed(token: string, output: unknown): void {
    this.#take(token).succeed(output);
  }

  fail(token: string, error: string, cause: string): void {
    this.#take(token).fail(new StateFailure(error, cause));
  }

  beat(token: string): void {
    this.#find(token).beat();
  }

  #take(token: string): WaitingTask {
    const task = this.#find(token);
    this.#waiting.delete(token);
    return task;
  }

  #find(token: string): WaitingTask {
    if (!/^[A-Za-z0-9+/]{64}$/.test(token))
      throw new AwsError('InvalidToken', `Invalid Token: '${token.slice(0, 80)}'`);
    const task = this.#waiting.get(token);
    if (task === undefined) {
      throw new AwsError('TaskTimedOut', `Task Timed Out: 'Provided task does not exist anymore'`);
    }
    return task;
  }
}
