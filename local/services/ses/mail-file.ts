/** A mail as mail programs read it from a file (RFC 5322, RFC 2045–2047). */
import { createHash } from 'node:crypto';

export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly replyTo: readonly string[];
  readonly subject: string;
  readonly text: string | undefined;
  readonly html: string | undefined;
  /** What the caller adds, in its order. */
  readonly headers: readonly { readonly name: string; readonly value: string }[];
  readonly messageId: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}

/** Bytes of text in one encoded word: at most 75 characters with its frame (RFC 2047, section 2). */
const WORD_BYTES = 45;
const LINE_CHARACTERS = 76;

export function mailFile(mail: Mail): string {
  const headers: readonly (readonly [string, string])[] = [
    ['From', mail.from],
    ...listed('To', mail.to),
    ...listed('Cc', mail.cc),
    // Nobody but the reader of this folder gets the file, and who looks for a recipient wants to see all of them.
    ...listed('Bcc', mail.bcc),
    ...listed('Reply-To', mail.replyTo),
    ['Subject', encodedWords(mail.subject)],
    ['Date', new Date(mail.sentAt).toUTCString().replace('GMT', '+0000')],
    ['Message-ID', `<${mail.messageId}@email.amazonses.com>`],
    ...mail.headers.map(({ name, value }) => [name, encodedWords(value)] as const),
    ['MIME-Version', '1.0'],
  ];
  const parts = [
    ...(mail.text === undefined ? [] : [part('text/plain', mail.text)]),
    ...(mail.html === undefined ? [] : [part('text/html', mail.html)]),
  ];
  const boundary = createHash('sha256').update(mail.messageId).digest('hex').slice(0, 32);
  const body =
    parts.length === 1
      ? parts.join('')
      : [
          `Content-Type: multipart/alternative; boundary="${boundary}"\r\n\r\n`,
          ...parts.map((one) => `--${boundary}\r\n${one}\r\n`),
          `--${boundary}--\r\n`,
        ].join('');
  return `${headers.map(([name, value]) => `${name}: ${value}\r\n`).join('')}${body}`;
}

const listed = (name: string, addresses: readonly string[]): readonly (readonly [string, string])[] =>
  addresses.length === 0 ? [] : [[name, addresses.join(',\r\n ')]];

function part(type: string, content: string): string {
  const lines =
    Buffer.from(content)
      .toString('base64')
      .match(new RegExp(`.{1,${LINE_CHARACTERS}}`, 'g')) ?? [];
  return `Content-Type: ${type}; charset=UTF-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${lines.join('\r\n')}\r\n`;
}

/** Words may not be cut within a character. */
function encodedWords(text: string): string {
  if (/^[\x20-\x7e]*$/.test(text) && text.length <= LINE_CHARACTERS) return text;
  const words: string[] = [];
  let word = '';
  for (const character of text) {
    if (Buffer.byteLength(word + character) > WORD_BYTES) {
      words.push(word);
      word = '';
    }
    word += character;
  }
  return [...words, word].map((one) => `=?UTF-8?B?${Buffer.from(one).toString('base64')}?=`).join('\r\n ');
}
