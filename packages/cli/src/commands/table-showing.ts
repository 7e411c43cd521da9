import type { OperationCommand } from './operation-command.ts';

/** What holders have of their tickets: pictures, paper, calendars, passes, letters. */
export const showing = {
  'documents.qr': {
    command: 'document qr',
    summary: 'Save the QR of a ticket as a picture, or show it',
    subject: 'ticketId',
    examples: [
      'ticketi document qr tkt_… --output ticket.svg',
      'ticketi document qr tkt_… --image png > ticket.png',
      'ticketi document qr tkt_… --image terminal',
    ],
  },
  'documents.pdf': {
    command: 'document pdf',
    summary: 'Save tickets as a PDF, a page each',
    examples: [
      'ticketi document pdf --order ord_… --output tickets.pdf',
      'ticketi document pdf --ticket tkt_… --language de > ticket.pdf',
    ],
  },
  'documents.calendar': {
    command: 'document calendar',
    summary: 'Save the dates of tickets for a calendar',
    examples: [
      'ticketi document calendar --order ord_… --output dates.ics',
      'ticketi document calendar --ticket tkt_…',
    ],
  },
  'documents.appleWallet': {
    command: 'document apple-wallet',
    summary: 'Save a ticket as a pass for Apple Wallet',
    subject: 'ticketId',
    examples: ['ticketi document apple-wallet tkt_… --output ticket.pkpass'],
  },
  'documents.googleWallet': {
    command: 'document google-wallet',
    summary: 'Show the link that saves a ticket to Google Wallet',
    subject: 'ticketId',
    examples: ['ticketi document google-wallet tkt_…'],
  },
  'documents.letters': {
    command: 'document letters',
    summary: 'Show the letters that a fact makes somebody write',
    subject: 'factId',
    examples: ['ticketi document letters obx_… --json'],
  },
} as const satisfies Record<string, OperationCommand>;
