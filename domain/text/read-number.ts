/** What digits with their separators may mean, the likeliest first. */
export function readings(text: string): readonly number[] {
  const plain = text.replace(/[ \u00a0\u202f'’]/g, '');
  const last = Math.max(plain.lastIndexOf('.'), plain.lastIndexOf(','));
  if (last === -1) return [Number(plain)];
  const after = plain.length - last - 1;
  const whole = plain.slice(0, last).replace(/[.,]/g, '');
  const decimal = Number(`${whole}.${plain.slice(last + 1)}`);
  const grouped = Number(plain.replace(/[.,]/g, ''));
  if (after !== 3) return [decimal];
  return /[.,]/.test(plain.slice(0, last)) || whole === '0' ? [whole === '0' ? decimal : grouped] : [grouped, decimal];
}
