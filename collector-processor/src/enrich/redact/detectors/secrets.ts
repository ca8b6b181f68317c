import { type Detector, whole } from '../detector';
import { TRAIT } from '../traits';

const PEM_END = /-----END [A-Z ]*PRIVATE KEY-----/;
const LONGEST_PEM = 16_384;

/** Private keys in PEM (RFC 7468), to the end of the block, or to the end of a text that was cut off. */
export const privateKey: Detector = {
  kind: 'private_key',
  trait: TRAIT.token,
  pattern: /-----BEGIN (?:[A-Z]+ ){0,3}PRIVATE KEY(?: BLOCK)?-----/g,
  endOf(_begin, at, { text }) {
    const block = text.slice(at, at + LONGEST_PEM);
    const end = PEM_END.exec(block);
    return at + (end === null ? block.length : end.index + end[0].length);
  },
};

/** JSON Web Tokens, signed and encrypted: the first part decodes to a JSON object with `alg`. Source: RFC 7515, 7516, 7519. */
export const jwt: Detector = {
  kind: 'jwt',
  trait: TRAIT.token,
  pattern:
    /(?<![\w-])eyJ[\w-]{10,2000}\.(?:[\w-]{8,16000}(?:\.[\w-]{1,16000}){0,3}|(?:\.[\w-]{8,16000}){3})/g,
  endOf: whole((match) => {
    try {
      const head: unknown = JSON.parse(Buffer.from(match.split('.')[0]!, 'base64url').toString());
      return typeof head === 'object' && head !== null && 'alg' in head;
    } catch {
      return false;
    }
  }),
};

/** What stands behind `Bearer` (RFC 6750): a long word with letters and digits; the scheme's name stays. */
export const bearerToken: Detector = {
  kind: 'bearer_token',
  trait: TRAIT.token,
  pattern: /(?<=\bbearer {1,4})[A-Za-z0-9._~+/-]{16,4096}={0,2}/gi,
  endOf: whole((match) => /\d/.test(match) && /[A-Za-z]/.test(match)),
};

/** The password in `scheme://user:password@host` (RFC 3986, 3.2.1). */
export const urlPassword: Detector = {
  kind: 'url_password',
  trait: TRAIT.token,
  pattern: /(?<=[a-z][a-z0-9+.-]{1,20}:\/\/[^\s:@/]{0,64}:)[^\s@/]{1,128}(?=@[\w.[-])/gi,
  endOf: whole(
    (match) => !/^(?:\*+|x+|\[\w+(?::\w+)?\]|<\w+>|\$\{?\w+\}?|%s|\{\w*\})$/i.test(match),
  ),
};
