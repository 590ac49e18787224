/** What a home folder already holds, so that a second start neither seeds nor loads again. */
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { JsonFile } from '../services/json-file.ts';
import { StartError } from './start-error.ts';

/** Raised when an older folder cannot be used any more. */
const LAYOUT = 1;

export const DEMO_ROLES = ['owner', 'manager', 'analyst', 'viewer'] as const;
export type DemoRole = (typeof DEMO_ROLES)[number];

interface State {
  layout: number;
  workspaceId: string;
  /** By role. */
  passwords: Record<string, string>;
  userIds: Record<string, string>;
  /** Fingerprint of the last order that the provisioning function took. */
  provisioned?: string;
  /** The market that the facts come from. */
  simulator?: { seed: number; days: number };
  /** ISO instant at which the first load had succeeded. */
  loadedAt?: string;
  /** ISO instant at which the first load of segments (audiences, search terms, assets) had succeeded. */
  segmentsLoadedAt?: string;
}

export interface HomeState {
  readonly state: State;
  save(): void;
}

/** Throws `StartError` for a folder that another version has written. */
export function openHome(home: string): HomeState {
  const file = readable(
    home,
    () =>
      new JsonFile<State>(
        join(home, 'home.json'),
        {
          layout: LAYOUT,
          workspaceId: `wsp_${ulid()}`,
          passwords: Object.fromEntries(DEMO_ROLES.map((role) => [role, drawPassword()])),
          userIds: {},
        },
        0o600,
      ),
  );
  if (file.state.layout !== LAYOUT) {
    throw new StartError(`${home} was written by another version of Conext Ads; delete the folder and start again.`);
  }
  file.save();
  return file;
}

/** A file that a full disk or a lost power supply cut off is not JSON any more. */
function readable<T>(home: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new StartError(`${home} is damaged (${error.message}); delete the folder and start again.`, { cause: error });
  }
}

/** Meets Cognito's strictest policy: every class of characters, 20 of them. */
function drawPassword(): string {
  return `Demo-${randomBytes(9).toString('hex').slice(0, 13)}-7A`;
}

/** The market a home was loaded from stays: facts of two markets in one warehouse would be neither's. */
export function settleSimulator(
  home: HomeState,
  path: string,
  wanted: { readonly seed: number | undefined; readonly days: number | undefined },
): { readonly seed: number; readonly days: number } {
  const held = home.state.simulator;
  if (held === undefined) return { seed: wanted.seed ?? 1, days: wanted.days ?? 90 };
  const changed = [
    ['CONEXT_SIM_SEED', held.seed, wanted.seed],
    ['CONEXT_DAYS', held.days, wanted.days],
  ].find(([, before, now]) => now !== undefined && now !== before);
  if (changed !== undefined) {
    throw new StartError(
      `${path} was loaded with ${changed[0]}=${changed[1]}; start with that, or delete the folder to load another market.`,
    );
  }
  return held;
}
