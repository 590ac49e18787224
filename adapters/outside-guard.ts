import { lookup as resolve } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import { isOutside } from './outside-address.ts';

const httpsPort = '443';

export interface OutsideGuardOptions {
  /** Which addresses may be connected to; all of the public internet by default. */
  readonly allowed?: (address: string) => boolean;
  readonly ports?: readonly string[];
  /** Resolves a name; the system's own by default. */
  readonly lookup?: (
    host: string,
    done: (error: Error | null, addresses: { address: string; family: number }[]) => void,
  ) => void;
}

/** Why an address is not connected to, in words for whoever gave it. */
export class OutsideRefused extends Error {}

const systemLookup: NonNullable<OutsideGuardOptions['lookup']> = (host, done) =>
  resolve(host, { all: true, verbatim: true }, (error, addresses) => done(error, addresses ?? []));

/**
 * Keeps connections to addresses that somebody named on the public internet. Every address a name stands for is checked, and the
 * connection goes to a checked one: a name that means another address a moment later gains nothing.
 */
export function createOutsideGuard(options: OutsideGuardOptions = {}) {
  const { allowed = isOutside, ports = [httpsPort], lookup = systemLookup } = options;

  const pinned: LookupFunction = (host, lookupOptions, done) => {
    lookup(host, (error, addresses) => {
      const [first] = addresses;
      if (error !== null || first === undefined) {
        done(new OutsideRefused(`the name ${host} is not known`), '');
        return;
      }
      // One closed address among open ones is how a name is made to slip through: then none is good.
      if (!addresses.every(({ address }) => allowed(address))) {
        done(new OutsideRefused(`${host} is not on the public internet`), '');
        return;
      }
      if (lookupOptions.all) done(null, addresses);
      else done(null, first.address, first.family);
    });
  };

  return {
    /** The lookup of a request: throws `OutsideRefused` for a name that leads inside. */
    pinned,
    /** Throws `OutsideRefused` for what is no https address, or one inside. */
    check(text: string): URL {
      const url = URL.canParse(text) ? new URL(text) : undefined;
      if (url?.protocol !== 'https:') throw new OutsideRefused('only https addresses are fetched');
      if (url.username !== '' || url.password !== '')
        throw new OutsideRefused('an address with a password in it is not fetched');
      if (!ports.includes(url.port === '' ? httpsPort : url.port))
        throw new OutsideRefused('only the usual port of https is asked');
      const host = url.hostname.replace(/^\[|\]$/g, '');
      // A literal address is connected to without a look-up.
      if (isIP(host) !== 0 && !allowed(host)) throw new OutsideRefused(`${host} is not on the public internet`);
      return url;
    },
  };
}
