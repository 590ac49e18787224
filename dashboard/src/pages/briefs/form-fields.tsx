import { useId } from 'react';

interface FieldProps {
  readonly label: string;
  readonly value: string;
  readonly put: (value: string) => void;
  readonly fault?: string | undefined;
  /** What is meant, beneath the field. */
  readonly hint?: string;
  /** Lines of a larger field; one line where absent. */
  readonly rows?: number;
  readonly kind?: 'text' | 'date';
}

/** A text with what is meant and what is wrong beneath it. */
export function TextInput({ label, value, put, fault, hint, rows, kind = 'text' }: FieldProps) {
  const [id, aboutId] = [useId(), useId()];
  const shared = {
    id,
    value,
    'aria-invalid': fault !== undefined,
    ...((fault ?? hint) !== undefined && { 'aria-describedby': aboutId }),
  };
  return (
    <div className="field">
      <label htmlFor={id}>
        <span>{label}</span>
      </label>
      {rows === undefined ? (
        <input type={kind} {...shared} onChange={({ target }) => put(target.value)} />
      ) : (
        <textarea rows={rows} {...shared} onChange={({ target }) => put(target.value)} />
      )}
      {(fault ?? hint) !== undefined && (
        <span id={aboutId} className={fault === undefined ? undefined : 'fault'}>
          {fault ?? hint}
        </span>
      )}
    </div>
  );
}

interface ChoiceProps<V extends string> {
  readonly label: string;
  readonly value: V;
  readonly options: readonly (readonly [value: V, label: string])[];
  readonly put: (value: V) => void;
}

export function ChoiceInput<V extends string>({ label, value, options, put }: ChoiceProps<V>) {
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
