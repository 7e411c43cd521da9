import type { WebhookRules } from '../kernel/index.ts';

/** Why a URL is none that webhooks go to. */
export type UrlProblem =
  | 'not_a_url'
  | 'not_https'
  | 'credentials'
  | 'port_not_allowed'
  | 'address_not_allowed';

/** Loaded when somebody has an endpoint: nothing else needs it. */
const loadIpaddr = async () => (await import('ipaddr.js')).default;

/** Names of this machine or of what stands around it, whatever they resolve to. */
const LOCAL = /(^|\.)(localhost|local|internal|intranet|lan|home\.arpa|localdomain)\.?$/;

/** In a public range, and yet the wire server of a cloud's own machines. */
const METADATA = '168.63.129.16';

/**
 * Whether an address is one of the public internet: neither private, loopback,
 * link-local, shared (CGNAT), multicast nor reserved, and no IPv6 address that
 * wraps one of IPv4 (mapped, NAT64, 6to4, Teredo).
 */
export async function isPublicAddress(address: string): Promise<boolean> {
  const { isValid, parse, IPv4 } = await loadIpaddr();
  if (!isValid(address) || address === METADATA) return false;
  const parsed = parse(address);
  if (parsed.range() !== 'unicast') return false;
  // Global unicast of IPv6 is 2000::/3: beyond it, nothing is given out.
  return parsed instanceof IPv4 || ((parsed.parts[0] ?? 0) & 0xe000) === 0x2000;
}

/**
 * What is wrong with a URL, as far as it tells by itself. Names are resolved and
 * checked again at each attempt, on the way to the connection.
 */
export async function urlProblem(
  text: string,
  rules: WebhookRules,
): Promise<UrlProblem | undefined> {
  if (!URL.canParse(text)) return 'not_a_url';
  const url = new URL(text);
  const plain = rules.allowHttp || rules.allowPrivateAddresses;
  if (url.protocol !== 'https:' && !(plain && url.protocol === 'http:')) return 'not_https';
  if (url.username !== '' || url.password !== '') return 'credentials';
  if (!mayUsePort(url, rules)) return 'port_not_allowed';
  if (rules.allowPrivateAddresses) return undefined;
  const host = hostOf(url);
  if (LOCAL.test(host)) return 'address_not_allowed';
  // `URL` has brought every spelling of an IPv4 address (octal, hex, one number) to four decimals.
  const literal = host.includes(':') || /^[\d.]+$/.test(host);
  return literal && !(await isPublicAddress(host)) ? 'address_not_allowed' : undefined;
}

/** The host without the brackets of an IPv6 address. */
export function hostOf({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '');
}

function mayUsePort({ port, protocol }: URL, rules: WebhookRules): boolean {
  const number = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port);
  if (rules.ports !== undefined) return rules.ports.includes(number);
  return rules.allowPrivateAddresses || number === 80 || number === 443 || number >= 1024;
}
