/** The provider's own pages: plain HTML without scripts or outside files, readable in light and dark. */
import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';

const style = `
:root { color-scheme: light dark; --ground: #f4f5f7; --card: #fff; --ink: #16181d; --soft: #565d6b; --line: #c4c9d4; --accent: #1b4fd1; --on-accent: #fff; --bad: #a3161b; --bad-ground: #fdecec; }
@media (prefers-color-scheme: dark) { :root { --ground: #101217; --card: #191c23; --ink: #eceef2; --soft: #a9b0bf; --line: #434a59; --accent: #8fb0ff; --on-accent: #0b1430; --bad: #ffb3b0; --bad-ground: #3a1719; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1rem; background: var(--ground); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 24rem; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 2rem; }
h1 { font-size: 1.375rem; margin: 0 0 .25rem; } h2 { font-size: 1rem; margin: 2rem 0 .5rem; } p { margin: 0 0 1rem; color: var(--soft); }
label { display: block; font-weight: 600; margin: 1rem 0 .25rem; }
input { width: 100%; font: inherit; padding: .625rem .75rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--card); color: inherit; }
button { width: 100%; font: inherit; font-weight: 600; padding: .625rem .75rem; margin-top: 1.25rem; border: 1px solid var(--accent); border-radius: .5rem; background: var(--accent); color: var(--on-accent); cursor: pointer; }
ul button { margin-top: .5rem; background: transparent; color: var(--accent); text-align: left; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.error { color: var(--bad); background: var(--bad-ground); border-radius: .5rem; padding: .625rem .75rem; margin: 1rem 0 0; }
ul { list-style: none; margin: 0; padding: 0; } small { display: block; font-weight: 400; color: var(--soft); overflow-wrap: anywhere; }
`;

const styleHash = `'sha256-${createHash('sha256').update(style).digest('base64')}'`;

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);
}

export function page(title: string, main: string): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style></head>
<body><main>${main}</main></body>
</html>`;
}

/** `formTarget`: browsers check redirects after a form against `form-action`, so the client's origin must be in it. */
export function pageHeaders(formTarget?: string): Readonly<Record<string, string>> {
  return {
    'Content-Type': 'text/html; charset=utf-8',
    'Cache-Control': 'no-store',
    'Content-Security-Policy': `default-src 'none'; style-src ${styleHash}; form-action 'self'${formTarget === undefined ? '' : ` ${formTarget}`}; frame-ancestors 'none'; base-uri 'none'`,
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
  };
}

export function sendPage(response: ServerResponse, status: number, html: string, formTarget?: string): void {
  response.writeHead(status, { ...pageHeaders(formTarget), 'Content-Length': Buffer.byteLength(html) }).end(html);
}

export function messagePage(title: string, message: string): string {
  return page(title, `<h1>${escapeHtml(title)}</h1><p>${escapeHtml(message)}</p>`);
}
