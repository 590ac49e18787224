/**
 * Divides a whole number by weights so that the parts are whole and add up exactly (Hamilton's method of largest
 * remainders; ties go to the earlier part). With `caps`, no part exceeds its cap as long as the caps hold the total.
 */
export function apportion(total: number, weights: readonly number[], caps?: readonly number[]): number[] {
  const parts = new Array<number>(weights.length).fill(0);
  let rest = total;
  // A capped part is taken out and the remainder divided again; every round fills at least one cap.
  for (let round = 0; rest > 0 && round <= weights.length; round += 1) {
    const open = weights.map((weight, index) =>
      caps !== undefined && (parts[index] ?? 0) >= (caps[index] ?? 0) ? 0 : weight,
    );
    const sum = open.reduce((left, right) => left + right, 0);
    if (sum <= 0) return round === 0 && caps === undefined ? parts : fillCaps(parts, rest, caps);
    rest = addShares(parts, rest, open, sum, caps);
    if (caps === undefined) break;
  }
  return parts;
}

/** Adds one round of shares and gives back what the caps kept out. */
function addShares(
  parts: number[],
  total: number,
  weights: readonly number[],
  sum: number,
  caps?: readonly number[],
): number {
  const exact = weights.map((weight) => (total * weight) / sum);
  const whole = exact.map(Math.floor);
  let left = total - whole.reduce((a, b) => a + b, 0);
  const order = exact
    .map((value, index) => ({ index, remainder: value - Math.floor(value) }))
    .filter(({ index }) => (weights[index] ?? 0) > 0)
    .sort((a, b) => b.remainder - a.remainder || a.index - b.index);
  for (const { index } of order) {
    if (left <= 0) break;
    whole[index] = (whole[index] ?? 0) + 1;
    left -= 1;
  }
  let rest = 0;
  whole.forEach((share, index) => {
    const room = caps === undefined ? share : Math.min(share, (caps[index] ?? 0) - (parts[index] ?? 0));
    parts[index] = (parts[index] ?? 0) + room;
    rest += share - room;
  });
  return rest;
}

function fillCaps(parts: number[], total: number, caps?: readonly number[]): number[] {
  let rest = total;
  parts.forEach((part, index) => {
    const room = Math.min(rest, Math.max(0, (caps?.[index] ?? 0) - part));
    parts[index] = part + room;
    rest -= room;
  });
  return parts;
}
