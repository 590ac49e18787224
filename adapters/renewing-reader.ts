import { PlatformError, type PlatformReader } from '../domain/integrations/platform.ts';

type Credentials = Readonly<Record<string, string>>;

export interface Renewal {
  /** The credentials as they are held. */
  readonly credentials: () => Promise<Credentials>;
  /** The next `credentials()` reads them where they are kept. */
  readonly forget: () => void;
  readonly open: (credentials: Credentials) => Promise<PlatformReader>;
}

/**
 * A reader that outlives the rotation of its credentials: what the platform refuses as `unauthorized` is asked for once more
 * with freshly read ones, if they are others. A report that has yielded pages cannot begin again; its caller repeats it, with
 * the new ones.
 */
export async function renewing({ credentials, forget, open }: Renewal): Promise<PlatformReader> {
  let used: Credentials;
  let reader: Promise<PlatformReader>;
  const openWith = (next: Credentials) => {
    used = next;
    reader = open(next);
    return reader;
  };
  /** `undefined` when there is nothing newer: the refusal stands. */
  const renewed = async (refused: Credentials, error: unknown): Promise<PlatformReader | undefined> => {
    if (!(error instanceof PlatformError && error.kind === 'unauthorized')) return undefined;
    // Another call of this reader may have renewed it meanwhile.
    if (!same(refused, used)) return reader;
    forget();
    const fresh = await credentials();
    return same(fresh, refused) ? undefined : openWith(fresh);
  };
  const opened = async () => {
    const first = await credentials();
    try {
      return await openWith(first);
    } catch (error) {
      const next = await renewed(first, error);
      if (next === undefined) throw error;
      return next;
    }
  };
  await opened();

  return {
    async listAccounts(options) {
      const before = used;
      try {
        return await (await reader).listAccounts(options);
      } catch (error) {
        const next = await renewed(before, error);
        if (next === undefined) throw error;
        return next.listAccounts(options);
      }
    },
    async *report(request, options) {
      const before = used;
      let begun = false;
      try {
        for await (const page of (await reader).report(request, options)) {
          begun = true;
          yield page;
        }
        return;
      } catch (error) {
        const next = await renewed(before, error);
        if (next === undefined || begun) throw error;
      }
      yield* (await reader).report(request, options);
    },
  };
}

/** Texts by name, in any order. */
function same(a: Credentials, b: Credentials): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
