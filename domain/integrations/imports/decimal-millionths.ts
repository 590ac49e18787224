const decimal = /^(-?)(\d+)(?:\.(\d+))?$/;

/** Plain decimal text (`-1234.56`) in whole millionths, rounded half to even, without a double in between; `undefined` when it is none or too large. */
export function decimalMillionths(text: string): number | undefined {
  const [, sign, whole = '', fraction = ''] = decimal.exec(text) ?? [];
  if (sign === undefined) return undefined;
  const kept = BigInt(whole + fraction.slice(0, 6).padEnd(6, '0'));
  const result = Number(roundsUp(fraction.slice(6), kept % 2n === 1n) ? kept + 1n : kept);
  if (!Number.isSafeInteger(result)) return undefined;
  return sign === '-' && result !== 0 ? -result : result;
}

/** What is cut off is more than half of the last digit, or just half after an odd one. */
function roundsUp(rest: string, odd: boolean): boolean {
  if (rest === '' || (rest[0] ?? '0') < '5') return false;
  return rest[0] === '5' && /^50*$/.test(rest) ? odd : true;
}
