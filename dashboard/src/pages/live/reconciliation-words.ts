import type {
  AccountReconciliation,
  DifferencePart,
  MeasureReconciliation,
} from '../../../../sdks/javascript/src/generated/api.ts';
import { conversions, money, whole } from '../../format/numbers.ts';
import { counted } from '../../format/plural.ts';
import { instant } from '../../format/times.ts';

export type ReconciledMeasure = MeasureReconciliation['measure'];

/** Conversions come in millionths. */
const millionth = 1_000_000;

export const measureChoices: Readonly<
  Record<ReconciledMeasure, { readonly label: string; readonly text: (value: number, currency: string) => string }>
> = {
  spendMicros: { label: 'Spend', text: money },
  impressions: { label: 'Impressions', text: (value) => whole(value) },
  clicks: { label: 'Clicks', text: (value) => whole(value) },
  conversionsMicros: { label: 'Conversions', text: (value) => conversions(value / millionth) },
  conversionValueMicros: { label: 'Conversion value', text: money },
};
export const measureIds = Object.keys(measureChoices) as readonly ReconciledMeasure[];

export const partNames: Readonly<Record<DifferencePart['part'], string>> = {
  otherSenders: 'Sent by others',
  missing: 'Not counted',
  notPolled: 'Not polled',
  restated: 'Restated since',
  notLoaded: 'Not loaded yet',
  betweenGrains: 'Account beside campaigns',
  unexplained: 'Unexplained',
};

/** `+€3.00` or `−€3.00`. */
export const signedText = (measure: ReconciledMeasure, value: number, currency: string): string => {
  const text = measureChoices[measure].text(Math.abs(value), currency);
  return value === 0 ? text : `${value > 0 ? '+' : '−'}${text}`;
};

export const pollText = (poll: AccountReconciliation['poll']): string =>
  poll.kind === 'polled'
    ? `Last asked ${instant(poll.at)}${poll.afterDay ? '' : ', before the day was over'}`
    : poll.kind === 'never'
      ? 'Never asked for this day'
      : 'When it was asked is no longer kept';

export const loadText = (load: AccountReconciliation['load']): string =>
  load.kind === 'none'
    ? 'None loaded yet'
    : load.changedAt === null
      ? 'Loaded'
      : `Changed by a load ${instant(load.changedAt)}`;

/** Undefined where nothing came late. */
export const lateText = ({ thatDay, nextDay }: AccountReconciliation['late']): string | undefined => {
  const said = [
    ...(thatDay > 0 ? [`${counted(thatDay, 'event')} came on this day too late for days before`] : []),
    ...(nextDay > 0 ? [`${counted(nextDay, 'event')} came too late on the day after`] : []),
  ];
  return said.length === 0 ? undefined : `${said.join('; ')}. What they say of money is not counted.`;
};

/** `3 orders, €120.00 revenue`, a currency each. */
export const siteText = ({ orders, money: sums }: AccountReconciliation['site']): string =>
  [
    counted(orders, 'order'),
    ...sums.map(
      ({ currency, revenueMicros, refundsMicros }) =>
        `${money(revenueMicros, currency)} revenue${refundsMicros === 0 ? '' : ` and ${money(refundsMicros, currency)} refunded`}`,
    ),
  ].join(', ');
