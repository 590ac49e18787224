import { type ReactNode, useEffect, useRef } from 'react';

interface PageHeadProps {
  readonly title: string;
  readonly about?: ReactNode;
  /** Controls of the page. */
  readonly children?: ReactNode;
}

let firstPage = true;

/** Names the page for the tab, the eye and the screen reader, and takes the focus after a change of page. */
export function PageHead({ title, about, children }: PageHeadProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Conext Ads`;
  }, [title]);
  useEffect(() => {
    if (!firstPage) heading.current?.focus({ preventScroll: true });
    firstPage = false;
  }, []);
  return (
    <header className="page-head">
      <div>
        <h1 ref={heading} tabIndex={-1}>
          {title}
        </h1>
        {about !== undefined && <p className="muted">{about}</p>}
      </div>
      {children !== undefined && <div className="page-controls">{children}</div>}
    </header>
  );
}
