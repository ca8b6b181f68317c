import type { RedactKind } from '../../../core/redaction';
import { type Detector, type Surroundings, whole } from '../detector';
import { TRAIT } from '../traits';

type Valid = (match: string, at: number, around: Surroundings) => boolean;

const token = (kind: RedactKind, pattern: RegExp, valid: Valid = () => true): Detector => ({
  kind,
  trait: TRAIT.token,
  pattern,
  endOf: whole(valid),
});

/** Random characters have digits and letters; a sentence or a placeholder does not. */
const looksRandom = (text: string): boolean =>
  /\d/.test(text) && /[A-Za-z]/.test(text) && new Set(text).size >= 8;

const AWS_SECRET = /aws.{0,8}secret|secret.?access.?key/i;

/** Keys and tokens whose issuers gave them a beginning of their own, as their documentation shows them. */
export const keys: readonly Detector[] = [
  token('anthropic_key', /(?<!\w)sk-ant-[a-z]{2,8}\d{2}-[\w-]{24,128}/g),
  token(
    'openai_key',
    /(?<![\w-])sk-(?:(?:proj|svcacct|admin)-[\w-]{24,200}|[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}|[A-Za-z0-9]{40,64}(?!\w))/g,
    looksRandom,
  ),
  // Access key ids: 16 characters behind the four letters (IAM user guide, unique identifiers). The secret key has no
  // beginning: 40 characters of base 64 where its name stands before it.
  token('aws_key', /(?<!\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)/g),
  {
    kind: 'aws_key',
    trait: TRAIT.longWord,
    pattern: /(?<![\w/+])[A-Za-z0-9/+]{40}(?![\w/+=])/g,
    endOf: whole(
      (match, at, { text, keyWords }) =>
        looksRandom(match) &&
        /[A-Z]/.test(match) &&
        AWS_SECRET.test(`${keyWords} ${text.slice(Math.max(0, at - 40), at)}`),
    ),
  },
  token('github_token', /(?<!\w)(?:gh[pousr]_[A-Za-z0-9]{36,255}|github_pat_\w{82})(?!\w)/g),
  token('gitlab_token', /(?<!\w)gl(?:pat|dt|rt|cbt|ptt|oas|agent|soat|ft)-[\w-]{20,64}/g, (match) =>
    looksRandom(match.slice(6)),
  ),
  token('slack_token', /(?<!\w)xox[abeoprs]-\d[\w-]{18,250}/g),
  token(
    'slack_token',
    /(?<=https:\/\/hooks\.slack\.com\/)(?:services|workflows|triggers)\/T\w{7,11}\/[\w/]{20,60}/g,
  ),
  token(
    'stripe_key',
    /(?<!\w)(?:(?:sk|rk)_(?:live|test)_|whsec_)[A-Za-z0-9]{16,250}(?!\w)/g,
    (match) => looksRandom(match.slice(6)),
  ),
  token('google_key', /(?<!\w)(?:AIza[\w-]{35}|GOCSPX-[\w-]{28})(?![\w-])/g),
  token('google_key', /(?<!\w)ya29\.[\w-]{30,400}/g),
];
