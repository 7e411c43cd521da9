export { createMail, type Mail, type MailOptions, type OutgoingLetter } from './mail/mail.ts';
export { codeRotates, noTicketsLeft, walletNotConfigured } from './refusals.ts';
export type { AppleWallet, GoogleWallet, KeysOf, Wallets } from './wallets.ts';
