/** Orders this tab has told of: a thank-you page that is loaded again tells nothing twice. Kept with consent alone. */
const key = '_conext_orders';
const mostKept = 20;

function orders(): readonly string[] {
  try {
    const kept: unknown = JSON.parse(sessionStorage.getItem(key) ?? '[]');
    return Array.isArray(kept) ? kept.map(String) : [];
  } catch {
    // Storage may be closed to the page, or hold what somebody else wrote.
    return [];
  }
}

export const alreadySent = (orderId: string): boolean => orders().includes(orderId);

export function rememberSent(orderId: string): void {
  try {
    sessionStorage.setItem(key, JSON.stringify([...orders(), orderId].slice(-mostKept)));
  } catch {
    // Then a reload may tell again.
  }
}
