/** SES v2 over its REST JSON: a mail becomes a file that mail programs open. Nothing leaves this machine. */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AwsRequest, type LocalService, type Provisioner, unsupported } from '../../ports.ts';
import { answerJson, readJson, textOf } from '../json-protocol.ts';
import { arnOf, type ServiceSettings } from '../place.ts';
import { type PropertySupport, refuseUnlisted } from '../property-support.ts';
import { mailFile } from './mail-file.ts';
import { addressOf, readSendEmail } from './send-email-input.ts';

interface SesSettings extends ServiceSettings {
  /** Told of each mail that was kept. */
  readonly log: (message: string) => void;
}

const IDENTITY: PropertySupport = {
  EmailIdentity: 'honoured',
  // Of mails on their way through the internet.
  ConfigurationSetAttributes: 'harmless',
  DkimAttributes: 'harmless',
  DkimSigningAttributes: 'harmless',
  FeedbackAttributes: 'harmless',
  MailFromAttributes: 'harmless',
  Tags: 'harmless',
};

/** The oldest go first. */
const MOST_KEPT = 1_000;

export function createSes(settings: SesSettings): LocalService & Provisioner {
  const folder = join(settings.dataDir, 'mail');
  const identities = new Set<string>();

  const inputOf = (request: AwsRequest) => {
    if (request.method !== 'POST' || request.path !== '/v2/email/outbound-emails') {
      throw unsupported('SES', `${request.method} ${request.path}`);
    }
    return readJson(request);
  };
  /** SES asks for the address where it is an identity of its own, else for its domain. */
  const identityOf = (from: string): string => {
    const address = addressOf(from) ?? from;
    return identities.has(address) ? address : (address.split('@').at(-1) ?? address);
  };

  return {
    name: 'ses',
    types: ['AWS::SES::EmailIdentity'],
    refuse: (resource) => refuseUnlisted(resource, IDENTITY),
    provision: async ({ physicalId }) => {
      identities.add(physicalId);
    },
    access: (request) => {
      const from = textOf(inputOf(request), 'FromEmailAddress');
      return [
        {
          action: 'ses:SendEmail',
          resource: arnOf(settings, 'ses', `identity/${identityOf(from)}`),
          context: { 'ses:FromAddress': addressOf(from) ?? from },
        },
      ];
    },
    handle: async (request) => {
      const sentAt = settings.clock();
      const messageId = `${sentAt.toString(16).padStart(16, '0')}-${randomUUID()}-000000`;
      const mail = { ...readSendEmail(inputOf(request)), messageId, sentAt };
      const name = `${new Date(sentAt).toISOString().replaceAll(':', '-')}-${messageId.slice(17, 25)}.eml`;
      mkdirSync(folder, { recursive: true });
      // Renamed when whole: a program that watches the folder sees no half of a mail.
      const unfinished = join(folder, `.${name}`);
      writeFileSync(unfinished, mailFile(mail), { mode: 0o600 });
      renameSync(unfinished, join(folder, name));
      const kept = readdirSync(folder).filter((file) => file.endsWith('.eml') && !file.startsWith('.'));
      for (const old of kept.sort().slice(0, -MOST_KEPT)) rmSync(join(folder, old), { force: true });
      settings.log(`mail to ${[...mail.to, ...mail.cc, ...mail.bcc].join(', ')}: ${mail.subject} (mail/${name})`);
      return answerJson({ MessageId: messageId });
    },
    close: async () => undefined,
  };
}
