import { useState } from 'react';

export interface Action<A extends readonly unknown[]> {
  readonly run: (...given: A) => Promise<void>;
  /** Why it last failed; undefined while it runs and after it worked. */
  readonly error: unknown;
  readonly busy: boolean;
  /** The same again, with what was given last. */
  readonly again: () => void;
}

/** Something a person does that may be refused: one at a time, and what went wrong stays to be seen. */
export function useAction<A extends readonly unknown[]>(act: (...given: A) => Promise<void>): Action<A> {
  const [state, setState] = useState<{ given?: A; error?: unknown; busy: boolean }>({ busy: false });
  const run = async (...given: A): Promise<void> => {
    if (state.busy) return;
    setState({ given, busy: true });
    try {
      await act(...given);
      setState({ given, busy: false });
    } catch (error) {
      setState({ given, error, busy: false });
    }
  };
  const again = (): void => {
    if (state.given !== undefined) void run(...state.given);
  };
  return { run, error: state.error, busy: state.busy, again };
}
