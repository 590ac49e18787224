const decimal = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,3}))?$/;

/**
 * A decimal number in whole millionths, rounded half to even once, on its shortest decimal form: multiplying the double
 * by 1e6 first would round twice and move exact halves. `undefined` when the result is no safe integer.
 */
export function toMillionths(value: number): number | undefined {
  // Up to fifteen digits, no two decimals share a double: the one that gives it back is the one it was written as.
  const millionths = Math.round(value * 1e6);
  if (Math.abs(millionths) < 1e15 && millionths / 1e6 === value) return millionths + 0;
  return Number.isFinite(value) ? textToMillionths(String(value)) : undefined;
}

/** The same for decimal text (`12.340000`, `0E-7`), without a double in between. `undefined` when the text is no decimal number. */
export function textToMillionths(text: string): number | undefined {
  const match = decimal.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', exponent = '0'] = match;
  // Most amounts are short: whole millionths add up exactly in doubles, and far quicker than in BigInt.
  if (exponent === '0' && fraction.length <= 6 && whole.length <= 9) {
    const millionths = Number(whole) * 1e6 + Number(fraction.padEnd(6, '0'));
    return sign === '-' && millionths !== 0 ? -millionths : millionths;
  }
  const digits = BigInt(whole + fraction);
  // value = digits × 10^-scale; in millionths = digits × 10^(6 - scale)
  const shift = 6 - (fraction.length - Number(exponent));
  const scaled = shift >= 0 ? digits * 10n ** BigInt(shift) : halfEven(digits, 10n ** BigInt(-shift));
  const result = Number(scaled);
  if (!Number.isSafeInteger(result)) return undefined;
  return sign === '-' && result !== 0 ? -result : result;
}

function halfEven(numerator: bigint, denominator: bigint): bigint {
  const floor = numerator / denominator;
  const twice = (numerator % denominator) * 2n;
  const up = twice > denominator || (twice === denominator && floor % 2n === 1n);
  return up ? floor + 1n : floor;
}
