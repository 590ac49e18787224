import type { Mail } from '../../../adapters/mail.ts';
import type { Alert } from '../../../contracts/schemas/alerts.ts';
import { valueText } from '../../../domain/analysis/alerts/words.ts';
import { moneyText } from '../../../domain/changes/money-text.ts';

/** What a subject may not hold: it would end the line, or hide in it. */
const unprintable = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;
const oneLine = (text: string): string => text.replace(unprintable, ' ').trim();

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (sign) => escapes[sign] ?? sign);

const because = {
  recovered: 'The condition has not held for the time the rule asks for.',
  'no-value': 'There is nothing left to judge.',
  'rule-changed': 'The rule was disabled or removed.',
  'out-of-scope': 'What it was about is not watched any more.',
} as const;

/** The mail of an alert that opened or was resolved; `dashboard` is where people open it. */
export function alertMail(
  alert: Alert,
  of: 'opened' | 'resolved',
  { from, to, dashboard }: { readonly from: string; readonly to: readonly string[]; readonly dashboard: string },
): Mail {
  const object = alert.object.name ?? alert.object.id ?? 'the workspace';
  const risk = alert.moneyAtRisk;
  const lines: readonly (readonly [string, string])[] = [
    ['Rule', `${alert.ruleName} (${alert.severity})`],
    [alert.object.kind === 'workspace' ? 'Of' : alert.object.kind === 'account' ? 'Account' : 'Campaign', object],
    ['What', alert.message],
    ...(alert.value === null ? [] : [['Value', valueText(alert.metric, alert.value, alert.currency)] as const]),
    [
      'Money at risk',
      `${risk.microsPerHour === null || risk.currency === null ? 'not known' : `${moneyText(risk.microsPerHour, risk.currency)} an hour`}. ${risk.how}`,
    ],
    ['Since', alert.openedAt],
    ...(of === 'resolved'
      ? [['Resolved', `${alert.resolvedAt ?? ''} ${because[alert.resolvedBecause ?? 'recovered']}`] as const]
      : []),
    ['Alert', alert.id],
  ].map(([name = '', text = '']) => [oneLine(name), oneLine(text)] as const);
  const link = `${dashboard}/alerts`;
  const title = oneLine(
    `${of === 'opened' ? severityWords[alert.severity] : 'Resolved'}: ${alert.ruleName} – ${object}`,
  );
  return {
    from,
    to,
    subject: title.slice(0, 200),
    text: `${[title, '', ...lines.map(([name, text]) => `${name}: ${text}`), '', link].join('\n')}\n`,
    html: [
      '<!doctype html><html lang="en"><body style="font-family:sans-serif">',
      `<h1 style="font-size:1.2em">${escapeHtml(title)}</h1><table>`,
      ...lines.map(
        ([name, text]) =>
          `<tr><th style="text-align:left;vertical-align:top;padding-right:1em">${escapeHtml(name)}</th><td>${escapeHtml(text)}</td></tr>`,
      ),
      `</table><p><a href="${escapeHtml(link)}">Open the alerts</a></p></body></html>`,
    ].join('\n'),
    reference: alert.id,
  };
}

const severityWords = { info: 'Info', warning: 'Warning', critical: 'Critical' } as const;
