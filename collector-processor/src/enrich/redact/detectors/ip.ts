import { BlockList, isIPv4, isIPv6 } from 'node:net';
import { type Detector, whole } from '../detector';
import { TRAIT } from '../traits';

/**
 * Addresses that are not globally reachable identify nobody outside their network.
 * Source: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890); multicast and reserved space beside them.
 */
const special = new BlockList();
for (const [net, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  special.addSubnet(net, bits, 'ipv4');
}
for (const [net, bits] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['3fff::', 20],
] as const) {
  special.addSubnet(net, bits, 'ipv6');
}
const VERSION = /(?:version|release|firmware|build|\bver|\bv|semver|sdk|driver)[ .:="'/-]{0,3}$/;
const VERSION_KEY = /version|release|firmware|\boid\b|user agent/;

function isAddress(text: string): boolean {
  if (isIPv4(text)) return !special.check(text, 'ipv4');
  return isIPv6(text) && !special.check(text, 'ipv6');
}

/**
 * Globally reachable IPv4 and IPv6 addresses (of IPv6 the global unicast space 2000::/3). Four numbers behind a word like
 * version, or behind a product's name and a slash, are a version; an address that ends in .0 was anonymised already.
 */
export const ip: Detector = {
  kind: 'ip',
  trait: TRAIT.address,
  pattern:
    /(?<![\w.:-]|[\w.]\/)(?:\d{1,3}(?:\.\d{1,3}){3}|[23][0-9A-Fa-f]{3}:(?:[0-9A-Fa-f]{0,4}:){1,6}(?:\d{1,3}(?:\.\d{1,3}){3}|[0-9A-Fa-f]{0,4}))(?![\w]|\.\d|-\w)/g,
  endOf: whole((match, at, { text, keyWords }) => {
    if (!isAddress(match) || match.endsWith('.0')) return false;
    if (VERSION_KEY.test(keyWords)) return false;
    return !VERSION.test(text.slice(Math.max(0, at - 24), at).toLowerCase());
  }),
  canonical: (found) => found.toLowerCase(),
};
