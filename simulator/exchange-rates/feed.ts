import type { RequestListener } from 'node:http';
import { type DailyRates, referenceRates } from './reference-rates.ts';

/** Where the European Central Bank's files are found on the simulator's REST port. */
export const ratesPath = '/ecb';

/** Days that each of the bank's files covers. */
const files: Readonly<Record<string, number>> = { 'eurofxref-hist-90d.xml': 90, 'eurofxref-daily.xml': 4 };

/** The gesmes envelope as the bank writes it. */
function envelope(days: readonly DailyRates[]): string {
  const cubes = days.map(({ date, rates }) => {
    const each = Object.entries(rates).map(([currency, rate]) => `<Cube currency="${currency}" rate="${rate}"/>`);
    return `<Cube time="${date}">${each.join('')}</Cube>`;
  });
  return `<?xml version="1.0" encoding="UTF-8"?><gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref"><gesmes:subject>Reference rates</gesmes:subject><gesmes:Sender><gesmes:name>European Central Bank</gesmes:name></gesmes:Sender><Cube>${cubes.join('')}</Cube></gesmes:Envelope>`;
}

/** Answers the bank's files and leaves every other path to the next listener. */
export const ratesListener =
  (seed: number, now: () => number, next: RequestListener): RequestListener =>
  (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!path.startsWith(`${ratesPath}/`)) {
      next(request, response);
      return;
    }
    const days = files[path.slice(ratesPath.length + 1)];
    if (days === undefined || request.method !== 'GET') {
      response.writeHead(404).end();
      return;
    }
    const all = referenceRates(seed, now(), days);
    response
      .writeHead(200, { 'content-type': 'text/xml' })
      .end(envelope(path.endsWith('daily.xml') ? all.slice(0, 1) : all));
  };
