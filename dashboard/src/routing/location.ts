import { useSyncExternalStore } from 'react';

const changed = new EventTarget();

const subscribe = (listener: () => void): (() => void) => {
  addEventListener('popstate', listener);
  changed.addEventListener('navigate', listener);
  return () => {
    removeEventListener('popstate', listener);
    changed.removeEventListener('navigate', listener);
  };
};

export interface Place {
  readonly path: string;
  readonly search: string;
}

/** Where the person is; renders again when that changes. */
export function useLocation(): Place {
  const whole = useSyncExternalStore(subscribe, () => `${location.pathname}?${location.search.slice(1)}`);
  const cut = whole.indexOf('?');
  return { path: whole.slice(0, cut), search: whole.slice(cut + 1) };
}

/** `replace` for what belongs to the same step, like typing into a filter. */
export function navigate(to: string, { replace = false } = {}): void {
  if (to === location.pathname + location.search) return;
  if (replace) history.replaceState(null, '', to);
  else history.pushState(null, '', to);
  changed.dispatchEvent(new Event('navigate'));
}

/** The same page with other parameters; `undefined` takes one away. */
export function withParameters(search: string, changes: Readonly<Record<string, string | undefined>>): string {
  const parameters = new URLSearchParams(search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') parameters.delete(name);
    else parameters.set(name, value);
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}
