import { generateKeyPairSync } from 'node:crypto';
import type { AppleWallet, GoogleWallet, Wallets } from '@ticketi/core';
import forge from 'node-forge';

/** Keys of wallets for tests that sign passes, and look at nothing of the signature. They are made when first asked for. */
export const testWallets: Wallets = {
  apple: () => keys().apple,
  google: () => keys().google,
};

let made: { apple: AppleWallet; google: GoogleWallet } | undefined;

function keys() {
  made ??= makeKeys();
  return made;
}

function makeKeys(): NonNullable<typeof made> {
  const { privateKey: key } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const privateKey = key.export({ type: 'pkcs8', format: 'pem' }).toString();
  const certificate = selfSigned(privateKey);
  return {
    apple: {
      passTypeIdentifier: 'pass.example.tickets',
      teamIdentifier: 'ABCDE12345',
      certificate,
      privateKey,
      wwdr: certificate,
    },
    google: {
      issuerId: '3388000000000000001',
      serviceAccountEmail: 'tickets@example.iam.gserviceaccount.com',
      privateKey,
    },
  };
}

function selfSigned(pem: string): string {
  const privateKey = forge.pki.privateKeyFromPem(pem);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  certificate.serialNumber = '01';
  certificate.validity.notBefore = new Date('2020-01-01T00:00:00Z');
  certificate.validity.notAfter = new Date('2099-01-01T00:00:00Z');
  const name = [{ name: 'commonName', value: 'Pass Type ID: pass.example.tickets' }];
  certificate.setSubject(name);
  certificate.setIssuer(name);
  certificate.sign(privateKey, forge.md.sha256.create());
  return forge.pki.certificateToPem(certificate);
}
