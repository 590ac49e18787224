export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'aside' | 'quiet';

/** A word with a mark whose shape differs by tone, so that colour is not needed to tell them apart. */
export function Status({ tone, children }: { readonly tone: Tone; readonly children: string }) {
  return (
    <span className={`status ${tone}`}>
      <StatusMark tone={tone} />
      {children}
    </span>
  );
}

/** The mark alone, for places whose words stand elsewhere. */
export function StatusMark({ tone }: { readonly tone: Tone }) {
  return (
    <svg className={`status-mark ${tone}`} viewBox="0 0 10 10" aria-hidden="true" focusable="false">
      <path d={marks[tone]} />
    </svg>
  );
}

const marks: Readonly<Record<Tone, string>> = {
  good: 'M5 1a4 4 0 1 0 0 8 4 4 0 0 0 0-8',
  busy: 'M5 1a4 4 0 0 1 0 8z',
  warn: 'M5 .8 9.4 9H.6z',
  bad: 'M1.2 1.2h7.6v7.6H1.2z',
  aside: 'M5 1.6a3.4 3.4 0 1 0 0 6.8 3.4 3.4 0 0 0 0-6.8',
  quiet: 'M1 4h8v2H1z',
};
