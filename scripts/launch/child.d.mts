import type { SpawnOptions } from 'node:child_process';

export interface ChildResult {
  readonly code: number;
  /** It could not be started. */
  readonly error?: NodeJS.ErrnoException;
  /** The signal that this process was given meanwhile. */
  readonly signalled: NodeJS.Signals | undefined;
}

export function runChild(
  file: string,
  args: readonly string[],
  options?: Omit<SpawnOptions, 'detached'> & {
    readonly ownGroup?: boolean;
    readonly whenParentIsGone?: boolean;
    readonly patienceMs?: number;
    readonly onOutput?: (text: string) => void;
  },
): Promise<ChildResult>;
export function exitCodeOf(signal: NodeJS.Signals): number;
