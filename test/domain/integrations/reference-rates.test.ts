import { describe, expect, it } from 'vitest';
import { parseReferenceRates } from '../../../domain/integrations/reference-rates.ts';

/** The form of https://www.ecb.europa.eu/stats/eurofxref/eurofxref-hist-90d.xml, which quotes with double quotes. */
const file = (...days: string[]) => `<?xml version="1.0" encoding="UTF-8"?>
<gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
<gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender>
<Cube>${days.join('')}</Cube></gesmes:Envelope>`;
const day = (date: string, ...rates: [string, string][]) =>
  `<Cube time="${date}">${rates.map(([currency, rate]) => `<Cube currency="${currency}" rate="${rate}"/>`).join('')}</Cube>`;

describe('the European Central Bank’s reference rates', () => {
  it('are read in the bank’s own digits, oldest day first', () => {
    const xml = file(day('2026-11-20', ['USD', '1.0510'], ['JPY', '162.3']), day('2026-11-19', ['USD', '1.05']));
    expect(parseReferenceRates(xml)).toEqual([
      { date: '2026-11-19', rates: { USD: '1.05' } },
      { date: '2026-11-20', rates: { USD: '1.0510', JPY: '162.3' } },
    ]);
  });

  it('are read from the daily file, which quotes with apostrophes and breaks lines', () => {
    const xml = file(day('2026-11-20', ['USD', '1.05']).replaceAll('"', "'").replaceAll('><', '>\n\t<'));
    expect(parseReferenceRates(xml)).toEqual([{ date: '2026-11-20', rates: { USD: '1.05' } }]);
  });

  it.each([
    ['an error page', '<html><body>Service unavailable</body></html>'],
    ['a file without days', file()],
    ['a day without rates', file(day('2026-11-20'))],
    ['a rate that is no number', file(day('2026-11-20', ['USD', 'NaN']))],
    ['a negative rate', file(day('2026-11-20', ['USD', '-1.05']))],
    ['a rate of nothing', file(day('2026-11-20', ['USD', '0.0']))],
    ['a currency that is none', file(day('2026-11-20', ['USD', '1.05'], ['us', '1.05']))],
    ['a currency twice', file(day('2026-11-20', ['USD', '1.05'], ['USD', '1.06']))],
    ['a day twice', file(day('2026-11-20', ['USD', '1.05']), day('2026-11-20', ['USD', '1.05']))],
    ['a day that is none', file(day('2026-13-40', ['USD', '1.05']))],
    ['a file cut off', file(day('2026-11-20', ['USD', '1.05']), day('2026-11-19', ['USD', '1.05'])).slice(0, 420)],
    ['a file far too long', file(day('2026-11-20', ['USD', '1.05'])) + ' '.repeat(1_000_001)],
  ])('are refused whole in %s', (_, xml) => {
    expect(() => parseReferenceRates(xml)).toThrow(/exchange rates were not taken/);
  });
});
