/** What Apple Wallet's passes are signed with: https://developer.apple.com/documentation/walletpasses. */
export interface AppleWallet {
  /** `pass.example.tickets`, as the certificate has it. */
  passTypeIdentifier: string;
  /** Ten characters, as the certificate has them. */
  teamIdentifier: string;
  /** The certificate of the pass type, PEM. */
  certificate: string;
  /** Its private key (RSA), PEM. */
  privateKey: string;
  /** Of the private key, where it is encrypted. */
  passphrase?: string;
  /** Apple's intermediate certificate (Worldwide Developer Relations G4), PEM. */
  wwdr: string;
  /** Whose pass it is. Default: the organizer's name. */
  organizationName?: string;
  /** PNGs by their names: `icon.png`, `icon@2x.png`, `logo.png`, `strip.png`. Default: a plain icon. */
  images?: Readonly<Record<string, Uint8Array>>;
  /** As CSS has them: `rgb(20, 64, 90)`. */
  colors?: { background?: string; foreground?: string; label?: string };
  /** The host's own service, from which devices get passes that have changed. */
  webService?: { url: string; authenticationToken: (ticketId: string) => string };
}

/** What Google Wallet's links are signed with: https://developers.google.com/wallet/tickets/events. */
export interface GoogleWallet {
  /** The number of the issuer account. */
  issuerId: string;
  /** Of the service account that may write for the issuer: its `client_email`. */
  serviceAccountEmail: string;
  /** Its `private_key` (RSA), PEM, PKCS #8. */
  privateKey: string;
  /** Sites whose pages show the button. */
  origins?: readonly string[];
  /** Default: the organizer's name. */
  issuerName?: string;
  /** The address of a logo. */
  logo?: string;
  /** `#14405a`. */
  background?: string;
}

/**
 * The keys of all organizers, or a function that knows those of each (undefined: it has
 * none). It is asked within a transaction, so it answers at once.
 */
export type KeysOf<Wallet> = Wallet | ((organizerId: string) => Wallet | undefined);

export interface Wallets {
  readonly apple?: KeysOf<AppleWallet> | undefined;
  readonly google?: KeysOf<GoogleWallet> | undefined;
}

export function keysFor<Wallet extends object>(
  keys: KeysOf<Wallet> | undefined,
  organizerId: string,
): Wallet | undefined {
  return typeof keys === 'function' ? keys(organizerId) : keys;
}
