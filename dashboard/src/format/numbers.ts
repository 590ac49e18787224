/** One unit of any currency in micros. */
const unit = 1_000_000;

const cached = new Map<string, Intl.NumberFormat>();

function formatter(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale}|${JSON.stringify(options)}`;
  let found = cached.get(key);
  if (found === undefined) {
    found = new Intl.NumberFormat(locale, options);
    cached.set(key, found);
  }
  return found;
}

/** Decimals as the currency has them: none for JPY, two for EUR. */
export const money = (micros: number, currency: string, locale?: string): string =>
  formatter(locale, { style: 'currency', currency }).format(micros / unit);

/** For axes: `€12K`. */
export const shortMoney = (micros: number, currency: string, locale?: string): string =>
  formatter(locale, { style: 'currency', currency, notation: 'compact', maximumSignificantDigits: 3 }).format(
    micros / unit,
  );

export const whole = (value: number, locale?: string): string =>
  formatter(locale, { maximumFractionDigits: 0 }).format(value);

/** Platforms report fractions of a conversion; one decimal is what can be read. */
export const conversions = (value: number, locale?: string): string =>
  formatter(locale, { maximumFractionDigits: 1 }).format(value);

export const short = (value: number, locale?: string): string =>
  formatter(locale, { notation: 'compact', maximumSignificantDigits: 3 }).format(value);

/** From a fraction: 0.0321 is `3.21%`. */
export const percent = (fraction: number, locale?: string): string =>
  formatter(locale, { style: 'percent', minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(fraction);

/** Conversion value for each unit of money spent: `4.21×`. */
export const times = (value: number, locale?: string): string =>
  `${formatter(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value)}×`;

/** Without a sign; the direction is told beside it. */
export const change = (fraction: number, locale?: string): string =>
  formatter(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    Math.abs(fraction),
  );

/** As a spreadsheet reads it: units with a point, no grouping. */
export const plainMoney = (micros: number): string => String(micros / unit);

/** `640 kB`, in steps of a thousand. */
export const fileSize = (bytes: number, locale?: string): string =>
  bytes < 1e6
    ? formatter(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 }).format(bytes / 1e3)
    : formatter(locale, { style: 'unit', unit: 'megabyte', maximumFractionDigits: 1 }).format(bytes / 1e6);
