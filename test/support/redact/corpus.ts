import type { RedactKind } from '../../../collector-processor/src/core/redaction';
import type { Prng } from '../payloads/prng';
import { createPrng } from '../payloads/prng';
import * as make from './numbers';

/** A text under a key, and what is in it; nothing, for a hard negative. */
export interface Sample {
  readonly key: string;
  readonly text: string;
  readonly kind: RedactKind | undefined;
  readonly value: string;
}

const ALNUM = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const random62 = (random: Prng, length: number): string => {
  // One digit for certain, as a token of this length has in all but a few of a thousand cases.
  const text = make.letters(random, length - 1, ALNUM);
  return `${text}${random.below(10)}`;
};
const grouped = (text: string, by: string): string => text.match(/.{1,4}/g)!.join(by);
const groupedCard = (text: string, by: string): string =>
  text.length === 16
    ? grouped(text, by)
    : `${text.slice(0, 4)}${by}${text.slice(4, 10)}${by}${text.slice(10)}`;
const base64url = (value: unknown): string =>
  Buffer.from(JSON.stringify(value)).toString('base64url');

interface Positives {
  readonly kind: RedactKind;
  readonly value: (random: Prng) => string;
  /** `§` is the value. */
  readonly texts: readonly string[];
  readonly keys?: readonly string[];
}

const NEUTRAL = ['user.input', 'gen_ai.prompt', 'message', 'log.body', 'exception.message'];
const spread = (prefix: string, from: readonly string[] = ['§']): readonly string[] => [
  ...from,
  `${prefix} §`,
  `${prefix}: §, thanks`,
  `{"a":"§","b":1}`,
  `Error near '§' (line 12)`,
  `Ünïcödé before §\nand after`,
];
const first = ['ann', 'bob.smith', 'li_wei', 'maria+news', 'o.jones99'];
const hosts = ['example.com', 'mail.example.org', 'acme.co.uk', 'uni-bonn.de', 'corp.io'];

export const POSITIVES: readonly Positives[] = [
  {
    kind: 'payment_card',
    value: (random) => {
      const number = make.card(random);
      return random.pick([number, groupedCard(number, ' '), groupedCard(number, '-')]);
    },
    texts: spread('my card is'),
  },
  {
    kind: 'iban',
    value: (random) => {
      const number = make.iban(random);
      return random.pick([number, grouped(number, ' ')]);
    },
    texts: spread('please pay to'),
  },
  {
    kind: 'email',
    value: (random) => `${random.pick(first)}@${random.pick(hosts)}`,
    texts: [...spread('write to'), 'mailto:§?subject=x', 'https://x.io/a?to=§&b=1', '<§>'],
  },
  {
    kind: 'phone',
    value: (random) =>
      random.pick([
        `+49 151 ${make.digits(random, 8)}`,
        `+1-415-55${random.below(10)}-${make.digits(random, 4)}`,
        `+4479${make.digits(random, 8)}`,
        `+33 6 12 34 ${make.digits(random, 2)} ${make.digits(random, 2)}`,
        `(212) 555-${make.digits(random, 4)}`,
        `+91 98${make.digits(random, 3)} ${make.digits(random, 5)}`,
      ]),
    texts: spread('you can reach me at'),
  },
  {
    kind: 'phone',
    value: (random) =>
      random.pick([
        `0171 ${make.digits(random, 7)}`,
        `020 7946 0${make.digits(random, 3)}`,
        `415-555-${make.digits(random, 4)}`,
        `06 12 34 56 ${make.digits(random, 2)}`,
      ]),
    texts: ['phone §', 'Please call § today', 'Telefon: §'],
  },
  {
    kind: 'ip',
    value: (random) =>
      random.pick([
        `8.8.${random.below(256)}.${1 + random.below(254)}`,
        `93.184.${random.below(256)}.${1 + random.below(254)}`,
        `2a00:1450:4001:82b::${(1 + random.below(60000)).toString(16)}`,
        `2606:4700:${random.hex(4)}:${random.hex(4)}:1:2:3:4`,
      ]),
    texts: [...spread('request from'), 'http://[§]/', 'client=§;port=80'].filter(
      (text) => !text.includes('['),
    ),
  },
  {
    kind: 'aws_key',
    value: (random) => `AKIA${make.letters(random, 16, BASE32)}`,
    texts: spread('use'),
  },
  {
    kind: 'aws_key',
    value: (random) => random62(random, 40),
    texts: ['aws_secret_access_key = §', 'AWS_SECRET_ACCESS_KEY=§'],
  },
  {
    kind: 'github_token',
    value: (random) => `ghp_${random62(random, 36)}`,
    texts: spread('clone with'),
  },
  {
    kind: 'gitlab_token',
    value: (random) => `glpat-${random62(random, 20)}`,
    texts: spread('token'),
  },
  {
    kind: 'slack_token',
    value: (random) =>
      `xoxb-${make.digits(random, 12)}-${make.digits(random, 12)}-${random62(random, 24)}`,
    texts: spread('bot'),
  },
  {
    kind: 'stripe_key',
    value: (random) => `sk_live_${random62(random, 24)}`,
    texts: spread('charge with'),
  },
  {
    kind: 'google_key',
    value: (random) => `AIza${random62(random, 35)}`,
    texts: spread('maps key'),
  },
  {
    kind: 'openai_key',
    value: (random) =>
      random.pick([`sk-proj-${random62(random, 48)}`, `sk-${random62(random, 48)}`]),
    texts: spread('OPENAI_API_KEY'),
  },
  {
    kind: 'anthropic_key',
    value: (random) => `sk-ant-api03-${random62(random, 93)}AA`,
    texts: spread('ANTHROPIC_API_KEY'),
  },
  {
    kind: 'jwt',
    value: (random) =>
      `${base64url({ alg: 'HS256', typ: 'JWT' })}.${base64url({ sub: random.hex(8) })}.${random62(random, 43)}`,
    texts: spread('session'),
  },
  {
    kind: 'bearer_token',
    value: (random) => random62(random, 32),
    texts: ['Bearer §', 'Authorization: Bearer §', 'curl -H "authorization: bearer §"'],
  },
  {
    kind: 'private_key',
    value: (random) =>
      `-----BEGIN RSA PRIVATE KEY-----\n${random62(random, 64)}\n-----END RSA PRIVATE KEY-----`,
    texts: spread('key'),
  },
  {
    kind: 'url_password',
    value: (random) => random62(random, 12),
    texts: ['postgres://app:§@db.internal:5432/shop', 'cannot connect to amqp://svc:§@mq'],
  },
  {
    kind: 'us_ssn',
    value: (random) =>
      `${100 + random.below(500)}-${10 + random.below(80)}-${1000 + random.below(8999)}`,
    texts: spread('my social is'),
  },
  {
    kind: 'us_ssn',
    value: (random) =>
      `${100 + random.below(500)}${10 + random.below(80)}${1000 + random.below(8999)}`,
    texts: ['ssn: §', 'social security number §'],
  },
  {
    kind: 'uk_nino',
    value: (random) => `AB${make.digits(random, 6)}C`,
    texts: ['NINO §', 'national insurance number is §'],
  },
  { kind: 'de_tax_id', value: make.steuerId, texts: spread('Steuer-ID') },
  { kind: 'es_dni', value: make.dni, texts: ['DNI §', 'documento de identidad: §'] },
  { kind: 'fr_nir', value: make.nir, texts: spread('sécu') },
  { kind: 'it_codice_fiscale', value: make.codiceFiscale, texts: spread('CF') },
  { kind: 'nl_bsn', value: make.bsn, texts: ['BSN §', 'burgerservicenummer: §'] },
  {
    kind: 'br_cpf',
    value: (random) => make.cpf(random).replace(/(...)(...)(...)(..)/, '$1.$2.$3-$4'),
    texts: spread('cliente'),
  },
  { kind: 'br_cpf', value: make.cpf, texts: ['CPF §', 'cpf do cliente: §'] },
  { kind: 'pl_pesel', value: make.pesel, texts: ['PESEL §', 'numer pesel: §'] },
  { kind: 'se_personnummer', value: make.personnummer, texts: ['personnummer §', 'Personnr: §'] },
  {
    kind: 'in_aadhaar',
    value: (random) => grouped(make.aadhaar(random), ' '),
    texts: ['Aadhaar §', 'my aadhaar no is §'],
  },
];

type Negative = readonly [key: string, text: (random: Prng) => string];

const uuid = (random: Prng): string =>
  [8, 4, 4, 4, 12].map((length) => random.hex(length)).join('-');

/** Texts of everyday telemetry that look like one of the kinds and are none. */
const NEGATIVES: readonly Negative[] = [
  ['order.id', (random) => make.digits(random, 16)],
  ['message', (random) => `order number ${make.digits(random, 12)} shipped`],
  ['message', (random) => `invoice ${make.digits(random, 11)}, ticket #${make.digits(random, 9)}`],
  ['message', (random) => `took ${make.digits(random, 9)} ns for ${make.digits(random, 10)} rows`],
  ['trace_id', (random) => random.hex(32)],
  ['message', (random) => `span ${random.hex(16)} of ${random.hex(32)}`],
  ['sha', (random) => random.hex(40)],
  ['digest', (random) => `sha256:${random.hex(64)}`],
  ['http.request.id', uuid],
  ['message', (random) => `request ${uuid(random)} failed`],
  [
    'time',
    (random) =>
      `2026-0${1 + random.below(9)}-1${random.below(10)}T12:${10 + random.below(50)}:33.${make.digits(random, 6)}Z`,
  ],
  ['time', (random) => `17${make.digits(random, 11)}`],
  ['time', (random) => `17${make.digits(random, 17)}`],
  ['message', (random) => `at 17${make.digits(random, 8)} (epoch)`],
  [
    'browser.version',
    (random) => `12${random.below(10)}.0.${1000 + random.below(9000)}.${random.below(255)}`,
  ],
  [
    'user_agent.original',
    (random) => `Mozilla/5.0 (X11) Chrome/12${random.below(10)}.0.0.0 Safari/537.36`,
  ],
  ['message', (random) => `version 1.2.${random.below(250)}.${1 + random.below(250)} released`],
  ['message', (random) => `upgraded to v3.1.${random.below(250)}.${1 + random.below(250)}`],
  [
    'net.peer.ip',
    (random) => `10.${random.below(256)}.${random.below(256)}.${1 + random.below(254)}`,
  ],
  ['net.peer.ip', (random) => `192.168.${random.below(256)}.${1 + random.below(254)}`],
  ['net.peer.ip', (random) => `fe80::${random.hex(4)}:${random.hex(4)}`],
  ['mac', (random) => Array.from({ length: 6 }, () => random.hex(2)).join(':')],
  ['code', () => 'std::vector::push_back(a::b)'],
  [
    'message',
    (random) => `lodash@4.17.${random.below(30)} and @babel/core@7.${random.below(20)}.1`,
  ],
  ['repo', () => 'git@github.com:acme/shop.git'],
  ['file', () => 'logo@2x.png, icon@3x.webp'],
  ['host', () => 'root@node-7.internal'],
  ['ml.feature.amount', (random) => `${random.below(100000)}.${make.digits(random, 10)}`],
  ['model', () => 'claude-sonnet-4-20250514, gpt-4o-2024-08-06'],
  ['k8s.pod.name', (random) => `ranker-7d9c${random.hex(5)}-${random.hex(5)}`],
  ['message', () => 'task-runner risk-based disk-full mask-rcnn-resnet50-fpn-coco-2017-weights'],
  ['config', () => 'postgres://app:[redacted]@db/shop and redis://u:${PASSWORD}@cache'],
  ['message', () => 'Bearer authentication-is-required for this resource'],
  ['message', (random) => `sku AB${make.digits(random, 6)}C in stock`],
  ['message', (random) => `batch ${make.digits(random, 8)}Z done`],
  ['message', (random) => `isbn 978${make.digits(random, 10)}`],
  ['message', (random) => `serial 4${make.digits(random, 15)}`],
  ['message', (random) => `scores 0.${make.digits(random, 16)} and 12.${make.digits(random, 12)}`],
  ['url.path', (random) => `/v1/orders/${make.digits(random, 9)}/items/${make.digits(random, 6)}`],
  ['message', () => 'token eyJhbGciOi is cut, sk-learn 1.4, xoxo, ghp_short, AKIA12'],
  ['arn', (random) => `arn:aws:iam::${make.digits(random, 12)}:role/app`],
  ['message', (random) => `lat 52.${make.digits(random, 6)}, lon 13.${make.digits(random, 6)}`],
  [
    'message',
    (random) => `took 555-1${make.digits(random, 3)} units, 2024-01-1${random.below(9)} 10:11:12`,
  ],
];

/** `each` samples of every sort of positive and of every sort of negative. */
export function makeCorpus(seed: number, each: number): readonly Sample[] {
  const random = createPrng(seed);
  const samples: Sample[] = [];
  for (let round = 0; round < each; round++) {
    for (const { kind, value: make, texts, keys = NEUTRAL } of POSITIVES) {
      const value = make(random);
      const text = random.pick(texts).replace('§', () => value);
      samples.push({ key: random.pick(keys), text, kind, value });
    }
    for (const [key, text] of NEGATIVES) {
      samples.push({ key, text: text(random), kind: undefined, value: '' });
    }
  }
  return samples;
}
