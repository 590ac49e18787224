/**
 * The script that pages load. It is small and depends on nothing; it writes nothing to the visitor's device before `adStorage` was granted,
 * and sends nothing but what the page tells it, the campaign parameters of the landing page and, with consent, click ids.
 */
import { forgetLanding, keptLanding, type Landing, landingOf, rememberLanding } from './landing.ts';
import { alreadySent, rememberSent } from './sent-orders.ts';

type State = 'granted' | 'denied' | 'unknown';
interface Consent {
  adStorage: State;
  adUserData: State;
  adPersonalization: State;
}
interface PageEvent {
  /** Both or none: rendered by the server they make a reload the same event. */
  readonly id?: string;
  readonly occurredAt?: string;
  readonly orderId?: string;
  /** In units of the currency: 49.9. */
  readonly value?: number;
  readonly currency?: string;
}

type Call = readonly [command: string, ...given: unknown[]];
interface Queue {
  (...call: Call): void;
  /** Calls from before this script was there. */
  q?: ArrayLike<ArrayLike<unknown>>;
}

/** As the collector takes at once. */
const mostTogether = 20;
const privacy = navigator as Navigator & { readonly globalPrivacyControl?: boolean };
const optedOut = privacy.globalPrivacyControl === true || navigator.doNotTrack === '1';

const consent: Consent = { adStorage: 'unknown', adUserData: 'unknown', adPersonalization: 'unknown' };
let address = '';
let waiting: object[] = [];
const landed: Landing = landingOf(location.search);

const storageGranted = (): boolean => !optedOut && consent.adStorage === 'granted';

const commands: Readonly<Record<string, (...given: never[]) => void>> = {
  init(pixelId: string, { endpoint }: { readonly endpoint: string }) {
    address = `${endpoint.replace(/\/$/, '')}/v1/collect/${pixelId}`;
    flushSoon();
  },
  consent(given: Partial<Consent>) {
    Object.assign(consent, given);
    if (storageGranted()) rememberLanding(landed);
    else if (consent.adStorage === 'denied' || optedOut) forgetLanding();
  },
  event(name: string, given: PageEvent = {}) {
    const { orderId, value, currency } = given;
    if (orderId !== undefined && storageGranted()) {
      if (alreadySent(orderId)) return;
      rememberSent(orderId);
    }
    // The click that led here may have been on an earlier page.
    const landing = storageGranted() ? (keptLanding() ?? landed) : landed;
    waiting.push({
      id: given.id ?? crypto.randomUUID(),
      event: name,
      occurredAt: given.occurredAt ?? new Date().toISOString(),
      orderId,
      valueMicros: value === undefined ? undefined : Math.round(value * 1e6),
      currency,
      clickIds: storageGranted() ? landing.clickIds : undefined,
      utm: landing.utm,
    });
    flushSoon();
  },
};

let soon = false;
/** What a page tells in one go is one request. */
function flushSoon(): void {
  if (soon) return;
  soon = true;
  queueMicrotask(() => {
    soon = false;
    while (address !== '' && waiting.length > 0) {
      const denied = { adStorage: 'denied', adUserData: 'denied', adPersonalization: 'denied' };
      send(JSON.stringify({ consent: optedOut ? denied : consent, events: waiting.slice(0, mostTogether) }));
      waiting = waiting.slice(mostTogether);
    }
  });
}

/** As plain text, so that no browser asks first; by a beacon, which outlives the page. */
function send(text: string): void {
  if (navigator.sendBeacon?.(address, text)) return;
  fetch(address, { method: 'POST', body: text, keepalive: true, credentials: 'omit' }).catch(() => {});
}

function run(call: ArrayLike<unknown>): void {
  const [command, ...given] = Array.from(call);
  const known = Object.hasOwn(commands, String(command)) ? commands[String(command)] : undefined;
  if (known === undefined) console.warn(`conext: there is no ${String(command)}; there are init, consent and event.`);
  else known(...(given as never[]));
}

const page = window as unknown as { conext?: Queue };
const before = page.conext?.q;
page.conext = (...call) => run(call);
for (const call of Array.from(before ?? [])) run(call);
