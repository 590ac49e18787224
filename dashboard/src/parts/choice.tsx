interface ChoiceProps {
  readonly label: string;
  readonly value: string;
  /** The option that chooses nothing. */
  readonly all: string;
  readonly options: readonly (readonly [value: string, label: string])[];
  readonly choose: (value: string) => void;
}

/** A filter with an option for everything. */
export function Choice({ label, value, all, options, choose }: ChoiceProps) {
  return (
    <label>
      <span className="unseen">{label}</span>
      <select value={value} onChange={({ target }) => choose(target.value)}>
        <option value="">{all}</option>
        {options.map(([id, name]) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
