/** What the start is doing and how far it is, for a person who waits. */

/** Steps of a first start; a later one leaves out the loading. */
export const START_STEPS = 7;

export interface Progress {
  /** A new step begins; the one before is done. */
  step(text: string): void;
  /** How far the running step is: `2/4`. */
  detail(text: string): void;
  /** Nothing more comes. */
  done(): void;
}

export const SILENT: Progress = { step: () => {}, detail: () => {}, done: () => {} };

/** One line a step where nobody watches a terminal; on a terminal the line of the running step is rewritten. */
export function writeProgress(stream: NodeJS.WriteStream, steps: number): Progress {
  let number = 0;
  let line = '';
  let open = false;
  let written = '';
  const show = (text: string): void => {
    if (stream.isTTY) {
      stream.write(`\r\u001b[2K${text}`);
      open = true;
    } else if (text !== written) {
      stream.write(`${text}\n`);
    }
    written = text;
  };
  const close = (): void => {
    if (open) stream.write('\n');
    open = false;
  };
  return {
    step: (text) => {
      close();
      number += 1;
      line = `[${number}/${steps}] ${text}`;
      show(line);
    },
    detail: (text) => show(`${line} … ${text}`),
    done: close,
  };
}
