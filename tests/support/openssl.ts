import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Whether `openssl` is on this machine. */
export function hasOpenssl(): boolean {
  try {
    execFileSync('openssl', ['version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A folder to run `openssl` in, with the files that it reads and writes. */
export class OpensslFolder {
  readonly path = mkdtempSync(join(tmpdir(), 'ticketi-openssl-'));

  run(...args: string[]): string {
    return execFileSync('openssl', args, {
      cwd: this.path,
      stdio: ['ignore', 'pipe', 'pipe'],
    }).toString('latin1');
  }

  write(name: string, content: string | Uint8Array): void {
    writeFileSync(join(this.path, name), content);
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8');
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  /** A root of its own, an intermediate like Apple's, and the certificate of a pass type. */
  makeChain(days = 36_500): void {
    this.write('ca.ext', 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign\n');
    this.write(
      'leaf.ext',
      'basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n',
    );
    const key = (name: string) =>
      this.run('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048', '-out', name);
    const request = (name: string, subject: string) =>
      this.run('req', '-new', '-key', `${name}.key`, '-subj', subject, '-out', `${name}.csr`);
    const issue = (name: string, by: string, extensions: string, lasting: number) =>
      this.run(
        ...['x509', '-req', '-in', `${name}.csr`, '-CA', `${by}.pem`, '-CAkey', `${by}.key`],
        ...[
          '-CAcreateserial',
          '-days',
          String(lasting),
          '-extfile',
          extensions,
          '-out',
          `${name}.pem`,
        ],
      );
    for (const name of ['root', 'wwdr', 'pass']) key(`${name}.key`);
    request('root', '/CN=Test Root');
    this.run(
      ...['x509', '-req', '-in', 'root.csr', '-signkey', 'root.key', '-days', '36500'],
      ...['-extfile', 'ca.ext', '-out', 'root.pem'],
    );
    request('wwdr', '/CN=Test Worldwide Developer Relations');
    issue('wwdr', 'root', 'ca.ext', 36_500);
    request('pass', '/CN=Pass Type ID: pass.example.tickets/OU=ABCDE12345');
    issue('pass', 'wwdr', 'leaf.ext', days);
  }
}
