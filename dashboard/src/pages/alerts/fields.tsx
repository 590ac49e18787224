import { useId } from 'react';

interface FieldProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly fault?: string | undefined;
  readonly put: (value: V) => void;
}

/** A text with what is wrong with it beneath. */
export function TextField({ label, value, fault, put }: FieldProps<string>) {
  const faultId = useId();
  return (
    <label className="field">
      <span>{label}</span>
      <input
        type="text"
        value={value}
        aria-invalid={fault !== undefined}
        aria-describedby={fault === undefined ? undefined : faultId}
        onChange={({ target }) => put(target.value)}
      />
      {fault !== undefined && (
        <span id={faultId} className="fault">
          {fault}
        </span>
      )}
    </label>
  );
}

interface SelectProps<V extends string> extends FieldProps<V> {
  readonly options: readonly (readonly [value: V, label: string])[];
}

export function SelectField<V extends string>({ label, value, options, put }: SelectProps<V>) {
  return (
    <label className="field">
      <span>{label}</span>
      <select
        value={value}
        onChange={({ target }) => {
          const chosen = options.find(([one]) => one === target.value);
          if (chosen !== undefined) put(chosen[0]);
        }}
      >
        {options.map(([one, name]) => (
          <option key={one} value={one}>
            {name}
          </option>
        ))}
      </select>
    </label>
  );
}
