/** What a caller of SendEmail says, with SES's limits. */
import { AwsError, unsupported } from '../../ports.ts';
import { type JsonObject, objectOf, objectsOf, optionalText, textOf, textsOf } from '../json-protocol.ts';
import type { Mail } from './mail-file.ts';

const MOST_RECIPIENTS = 50;
const MOST_HEADERS = 15;
const MOST_BYTES = 40 * 1_048_576;
/** Ignoring these changes nothing that the caller or the reader of a mail can observe. */
const HARMLESS = ['ConfigurationSetName', 'EmailTags', 'FeedbackForwardingEmailAddress'];
const HONOURED = ['FromEmailAddress', 'Destination', 'ReplyToAddresses', 'Content'];

const bad = (message: string): AwsError => new AwsError('BadRequestException', message);

export function readSendEmail(input: JsonObject): Omit<Mail, 'messageId' | 'sentAt'> {
  const strange = Object.keys(input).find((name) => ![...HONOURED, ...HARMLESS].includes(name));
  if (strange !== undefined) throw unsupported('SES', `SendEmail with ${strange}`);
  const content = objectOf(input, 'Content');
  const form = Object.keys(content).find((name) => name !== 'Simple');
  if (form !== undefined) throw unsupported('SES', `SendEmail with ${form} content`);
  const simple = objectOf(content, 'Simple');
  if (simple.Attachments !== undefined) throw unsupported('SES', 'SendEmail with attachments');
  const destination = objectOf(input, 'Destination');
  const body = objectOf(simple, 'Body');
  const mail = {
    from: textOf(input, 'FromEmailAddress'),
    to: textsOf(destination, 'ToAddresses'),
    cc: textsOf(destination, 'CcAddresses'),
    bcc: textsOf(destination, 'BccAddresses'),
    replyTo: textsOf(input, 'ReplyToAddresses'),
    subject: optionalText(objectOf(simple, 'Subject'), 'Data') ?? '',
    text: optionalText(objectOf(body, 'Text'), 'Data'),
    html: optionalText(objectOf(body, 'Html'), 'Data'),
    headers: objectsOf(simple, 'Headers').map((one) => ({ name: textOf(one, 'Name'), value: textOf(one, 'Value') })),
  };
  const recipients = [...mail.to, ...mail.cc, ...mail.bcc];
  if (recipients.length === 0) throw bad('Destination names no recipient.');
  if (recipients.length > MOST_RECIPIENTS) throw bad(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  const wrong = [mail.from, ...recipients, ...mail.replyTo].find((address) => addressOf(address) === undefined);
  if (wrong !== undefined) throw bad(`Illegal address: ${JSON.stringify(wrong)}.`);
  if (mail.text === undefined && mail.html === undefined) throw bad('Body holds neither Text nor Html.');
  if (/[\r\n]/.test(mail.subject)) throw bad('Subject holds a line break.');
  if (mail.headers.length > MOST_HEADERS) throw bad(`Headers must hold at most ${MOST_HEADERS}.`);
  // A line break in a header would begin another one.
  const header = mail.headers.find(({ name, value }) => !/^[!-9;-~]{1,126}$/.test(name) || /[^\x20-\x7e]/.test(value));
  if (header !== undefined) throw bad(`The header ${JSON.stringify(header.name)} is not one of printable ASCII.`);
  const bytes = Buffer.byteLength(mail.text ?? '') + Buffer.byteLength(mail.html ?? '');
  if (bytes > MOST_BYTES) throw bad(`Message length is more than ${MOST_BYTES} bytes long: '${bytes}'.`);
  return mail;
}

/** `a@b.c` from itself or from `Name <a@b.c>`. */
export function addressOf(text: string): string | undefined {
  const inner = /^[^<>\p{Cc}]*<([^<>]*)>$/u.exec(text)?.[1] ?? text;
  return /^[\x21-\x7e]+@[^\s@<>,;\p{Cc}]+$/u.test(inner) ? inner : undefined;
}
