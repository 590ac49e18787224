import { useEffect, useState } from 'react';

/** Epoch milliseconds, moving on every half minute, so that `4 minutes ago` stays true on an open page. */
export function useNow(): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
