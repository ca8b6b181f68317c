import { type Detector, whole } from '../detector';
import { TRAIT } from '../traits';

/** Endings of file names and of hosts inside a network: what stands before is no address that mail reaches. */
const NO_TLD =
  /\.(?:png|jpe?g|gif|svg|webp|css|jsx?|tsx?|mjs|cjs|json|ya?ml|xml|html?|md|txt|log|py|rb|go|rs|java|jar|sh|zip|tar|gz|tgz|pdf|internal|local|localdomain|localhost|lan|svc|cluster|invalid|arpa)$/i;
/** Accounts of version control over SSH, as in git@host:path. */
const NOT_A_PERSON = /^(?:git|hg|svn)@/i;

/**
 * Mail addresses: the dot-atom of RFC 5322 with the lengths of RFC 5321 (64 before the `@`), a domain of at least two
 * labels. Of the characters that RFC 5322 allows before the `@`, those that separate words elsewhere (`=`, `/`, quotes) are
 * left out, so that only the address of `?to=ann@example.com` is found.
 */
export const email: Detector = {
  kind: 'email',
  trait: TRAIT.at,
  pattern:
    /(?<![\w.%+~-])[\w%+~][\w.%+~-]{0,63}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![\w-]|\.[A-Za-z0-9])/g,
  endOf: whole(
    (match) =>
      !match.includes('..') &&
      !match.includes('.@') &&
      !NOT_A_PERSON.test(match) &&
      !NO_TLD.test(match),
  ),
  canonical: (found) => found.toLowerCase(),
};
