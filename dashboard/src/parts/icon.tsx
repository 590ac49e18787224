/** Outlines on a 16 unit grid, drawn with the text's colour. */
const outlines = {
  overview: 'M2 13.5h12M3.5 11V7.5M8 11V3M12.5 11V6',
  live: 'M1.5 8h3l2-5 3 10 2-5h3',
  campaigns: 'M2.5 4h11M2.5 8h11M2.5 12h7',
  create: 'M8 2.2l1.5 4.3L13.8 8l-4.3 1.5L8 13.8 6.5 9.5 2.2 8l4.3-1.5z',
  review: 'M2.5 3h11v8h-6L4.5 13.8V11h-2zM5.5 7l1.7 1.7L10.5 5.4',
  loads: 'M8 2v8M4.8 7 8 10.2 11.2 7M2.5 13.5h11',
  changes: 'M2.5 5.5h9M8.8 2.8l2.7 2.7-2.7 2.7M13.5 10.5h-9M7.2 7.8l-2.7 2.7 2.7 2.7',
  edit: 'M3 13l.6-2.8 7-7 2.2 2.2-7 7z',
  breakdowns: 'M2.5 3.5h11M2.5 8h7M2.5 12.5h4',
  quality: 'M3 8.4 6.4 12 13 4.2',
  connections: 'M6.4 9.6 9.6 6.4M7.2 4.6l1.6-1.6a2.8 2.8 0 0 1 4 4l-1.6 1.6M8.8 11.4 7.2 13a2.8 2.8 0 0 1-4-4l1.6-1.6',
  settings: 'M2.5 4.5h6M12 4.5h1.5M10.2 2.8v3.4M2.5 11.5H4M7.5 11.5h6M5.8 9.8v3.4',
  more: 'M2.4 8a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0M7.1 8a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0M11.8 8a.9.9 0 1 0 1.8 0a.9.9 0 1 0-1.8 0',
  sun: 'M8 5.2a2.8 2.8 0 1 0 0 5.6 2.8 2.8 0 0 0 0-5.6M8 1.2v1.3M8 13.5v1.3M1.2 8h1.3M13.5 8h1.3M3.2 3.2l.9.9M11.9 11.9l.9.9M12.8 3.2l-.9.9M4.1 11.9l-.9.9',
  moon: 'M13.3 9.8A5.7 5.7 0 0 1 6.2 2.7a5.7 5.7 0 1 0 7.1 7.1',
  system: 'M2 3h12v8H2zM6 13.5h4',
  up: 'M8 13V3.5M4 7.2 8 3.2l4 4',
  down: 'M8 3v9.5M4 8.8l4 4 4-4',
  same: 'M3 8h10',
  search: 'M7 2.5a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9M10.4 10.4l3.4 3.4',
  back: 'M9.5 3.5 5 8l4.5 4.5',
  copy: 'M5.5 5.5h8v8h-8zM10.5 5.5v-3h-8v8h3',
  save: 'M8 2v7.5M5 6.8l3 3 3-3M3 13.2h10',
  close: 'M4 4l8 8M12 4l-8 8',
  bell: 'M8 2.2a4 4 0 0 1 4 4v3l1.4 2.3H2.6L4 9.2v-3a4 4 0 0 1 4-4M6.7 13.4a1.4 1.4 0 0 0 2.6 0',
  alert: 'M8 2.2 14.5 13.5h-13zM8 6.5v3.2M8 11.4v.3',
  leave: 'M6.5 2.5h-4v11h4M6 8h8M11 5l3 3-3 3',
} as const;
export type IconName = keyof typeof outlines;

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false">
      <path d={outlines[name]} />
    </svg>
  );
}

export function Brand() {
  return (
    <svg className="brand-mark" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <rect width="24" height="24" rx="6" />
      <path d="M16.8 8.2a6 6 0 1 0 0 7.6" />
      <circle cx="17.4" cy="12" r="1.9" />
    </svg>
  );
}
