import { type ReactNode, useEffect, useId, useRef, useState } from 'react';

interface ConfirmButtonProps {
  /** On the button that opens the question: `Cancel load`. */
  readonly label: string;
  readonly title: string;
  /** What will happen, and what stays. */
  readonly children: ReactNode;
  /** On the button that does it. */
  readonly confirm: string;
  readonly act: () => void;
  readonly disabled?: boolean;
  readonly className?: string;
  /** Tells buttons of the same label apart: `Remove Google Ads`. */
  readonly accessibleLabel?: string;
}

/** Asks before it does what cannot be taken back. The browser's own dialog holds the focus and gives it back. */
export function ConfirmButton(props: ConfirmButtonProps) {
  const { label, title, children, confirm, act, disabled = false, className = 'button', accessibleLabel } = props;
  const [open, setOpen] = useState(false);
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    if (open) dialog.current?.showModal();
  }, [open]);
  return (
    <>
      <button
        type="button"
        className={className}
        disabled={disabled}
        aria-label={accessibleLabel}
        onClick={() => setOpen(true)}
      >
        {label}
      </button>
      {open && (
        <dialog ref={dialog} aria-labelledby={titleId} onClose={() => setOpen(false)}>
          <h2 id={titleId}>{title}</h2>
          {children}
          <form method="dialog" className="dialog-actions">
            <button type="submit" className="button">
              Keep as it is
            </button>
            <button type="submit" className="button danger" onClick={act}>
              {confirm}
            </button>
          </form>
        </dialog>
      )}
    </>
  );
}
