const millionths = 1_000_000;
const hundredth = 10_000;

/** For reading: `12349.51 EUR`, rounded to hundredths; below one unit exact, `0.000002 USD`. */
export const moneyText = (micros: number, currency: string): string => {
  const magnitude = Math.abs(micros);
  const shown = magnitude < millionths ? magnitude : Math.round(magnitude / hundredth) * hundredth;
  const rest = String(shown % millionths)
    .padStart(6, '0')
    .replace(/0{1,4}$/, '');
  return `${micros < 0 ? '-' : ''}${Math.floor(shown / millionths)}.${rest} ${currency}`;
};
