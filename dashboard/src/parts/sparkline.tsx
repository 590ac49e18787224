const [width, height] = [120, 28];

/** The course of a number, as decoration: its values are in the chart and the table below it. */
export function Sparkline({ values }: { readonly values: readonly (number | null)[] }) {
  const known = values.filter((value) => value !== null);
  if (known.length < 2) return <div className="sparkline" />;
  const top = Math.max(...known);
  const bottom = Math.min(0, ...known);
  const x = (index: number): number => (index / (values.length - 1)) * width;
  const y = (value: number): number => height - 1 - ((value - bottom) / (top - bottom || 1)) * (height - 3);
  let path = '';
  values.forEach((value, index) => {
    const before = index === 0 ? null : values[index - 1];
    if (value !== null) path += `${before === null ? 'M' : 'L'}${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
  });
  return (
    <svg className="sparkline" viewBox={`0 0 ${width} ${height}`} preserveAspectRatio="none" aria-hidden="true">
      <path d={path} vectorEffect="non-scaling-stroke" />
    </svg>
  );
}
