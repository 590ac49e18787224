const millionths = 1_000_000;

/** Decimal text of micros without rounding: 12 500 000 is `12.5`. */
export const moneyText = (micros: number, currency: string): string => {
  const whole = Math.floor(Math.abs(micros) / millionths);
  const rest = String(Math.abs(micros) % millionths)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${micros < 0 ? '-' : ''}${whole}.${rest} ${currency}`;
};
