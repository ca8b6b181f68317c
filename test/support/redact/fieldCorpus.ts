import type { RedactKind } from '../../../collector-processor/src/core/redaction';
import type { Prng } from '../payloads/prng';
import { createPrng } from '../payloads/prng';
import type { Sample } from './corpus';

/**
 * Values that others published as examples (payment schemes' and processors' test cards, the IBAN registry, RFCs, issuers'
 * documentation, pages that explain the check digits), so that neither our detectors nor our makers of numbers had a say.
 * Tokens whose issuers show none in full are spelled after their documentation, in two pieces so that no scanner of
 * repositories takes them for real.
 */
const PUBLISHED: Readonly<Partial<Record<RedactKind, readonly string[]>>> = {
  payment_card: [
    '4242424242424242',
    '4012 8888 8888 1881',
    '5555555555554444',
    '5105-1051-0510-5100',
    '2223003122003222',
    '378282246310005',
    '3714 496353 98431',
    '6011111111111117',
    '3566002020360505',
    '30569309025904',
    '6200000000000005',
  ],
  iban: [
    'GB29NWBK60161331926819',
    'DE89 3704 0044 0532 0130 00',
    'FR1420041010050500013M02606',
    'NL91ABNA0417164300',
    'ES91 2100 0418 4502 0005 1332',
    'IT60X0542811101000000123456',
    'ch93 0076 2011 6238 5295 7',
    'be68539007547034',
    'no9386011117947',
    'PL61109010140000071219812874',
    'SE4550000000058398257466',
    'BR9700360305000010009795493P1',
  ],
  email: [
    'simple@example.com',
    'very.common@example.org',
    'user+tag@sub.example.co.uk',
    'x_y-z@strange-example.com',
    'Jane.DOE@Example.COM',
  ],
  phone: [
    '+1 212 555 0123',
    '+44 20 7946 0958',
    '+49 30 23125 014',
    '+33 1 99 00 27 53',
    '(650) 253-0000',
  ],
  ip: ['8.8.4.4', '1.1.1.1', '151.101.1.140', '2001:4860:4860::8888', '2606:4700:4700::1111'],
  aws_key: ['AKIA' + 'IOSFODNN7EXAMPLE', 'AKIA' + 'I44QH8DHBEXAMPLE'],
  jwt: [
    'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c',
    'eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk',
  ],
  github_token: ['ghp_' + '16C7e42F292c6912E7710c838347Ae178B4a'],
  gitlab_token: ['glpat-' + 'yi7YqKxzTz3HMtsqC9u4'],
  slack_token: ['xoxb-' + '17653672481-19874698323-pdFZKVeTuE8sk7oOcHrzqqgy'],
  stripe_key: ['sk_' + 'test_4eC39HqLyjWDarjtT1zdp7dc'],
  google_key: ['AIza' + 'SyDaGmWKa4JsXZ-HjGw7ISLn_3namBGewQe'],
  us_ssn: ['536-22-8726', '457-55-5462'],
  uk_nino: ['JG 10 37 59 A'],
  de_tax_id: ['86095742719', '47036892816'],
  es_dni: ['X1234567L', 'Z8078221M'],
  fr_nir: ['2 55 08 14 168 025 38', '1 85 05 78 006 084 91'],
  it_codice_fiscale: ['RSSMRA85T10A562S', 'MRTMTT91D08F205J'],
  br_cpf: ['111.444.777-35', '529.982.247-25'],
};

/** What services write, as it stands in logs and prompts; `§` is the value. */
const LINES = [
  '2026-03-04T09:12:55.018Z WARN  [checkout-7f9c6d-x2x5p] c.a.pay.Gateway - declined (code=51, amount=129.90 EUR) input=§ attempt=3/5',
  '{"level":"error","ts":1772615575.018,"caller":"api/handler.go:214","msg":"validation failed","field":"value","got":"§","elapsed":0.0042}',
  "SELECT id, created_at FROM customers WHERE lookup = '§' AND deleted_at IS NULL ORDER BY 2 DESC LIMIT 20 /* shard 14 */",
  'ValueError: could not parse \'§\' at offset 118 (pandas 2.2.3, python 3.12.11)\n  File "/srv/app/etl.py", line 88, in load\n',
  'User: Hi! I moved last week and the form does not accept what I type, it is §. Can you fix it?\nAssistant: Sure, one moment.',
  'retrying POST https://api.shop.test/v2/profiles/88123?trace=1f3a9c (3 of 5): body={"value": "§", "locale": "de-DE"}',
  'Sehr geehrte Damen und Herren, anbei meine Angaben: §. Mit freundlichen Grüßen, J. Müller',
  'kafka offset 99120344 partition 7 key=§ payload=512 bytes dropped after 30000 ms',
] as const;

/** Lines of telemetry with no secret in them: numbers drawn for `#` (digit) and `~` (hexadecimal). */
const CLEAN = [
  '10.4.#.## - - [04/Mar/2026:09:12:55 +0000] "GET /v1/orders/########/lines?page=# HTTP/1.1" 200 #### "-" "curl/8.5.0"',
  'traceparent: 00-~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~-~~~~~~~~~~~~~~~~-01',
  'pod ranker-~~~~~~~~~-~~~~~ evicted: memory 4.2Gi > 4Gi, uptime ######s, node ip-10-0-##-###.eu-west-1.compute.internal',
  'epoch ##/100 loss=0.########## val_loss=0.########## lr=1e-04 step=######## tokens/s=######',
  'commit ~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ merged into release-2026.03.## (#### files changed)',
  'GC pause 12.###ms, heap 1########->9####### bytes, 2026-03-04 09:12:55.###',
  'FedEx tracking ############, parcel weight 2.# kg, order number ##########',
  '{"prediction_id":"~~~~~~~~-~~~~-4~~~-a~~~-~~~~~~~~~~~~","score":0.##############,"feature.amount":####.##,"ts":17###########}',
  'uuid 0~~~~~~~-~~~~-7~~~-8~~~-~~~~~~~~~~~~ etag "~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~" cache=HIT age=#####',
  'Chrome/124.0.####.## Safari/537.36 build 12.#.####.# of 2026-03-##',
  'image registry.test/ml/serve@sha256:~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~ pulled in ##.###s',
  'Assistant: The Treaty of 1648 ended the war; about ####### people died, see ISBN 978-3-16-######-# and pages 112-118.',
  'npm WARN deprecated left-pad@1.3.0: use String.prototype.padStart(), see https://npm.test/@scope/pkg@#.#.#',
  'form filled with the specimen 078-05-1120 that came with wallets, row ####',
  'lat=48.######, lon=11.######, alt=519.#, speed=##.## km/h, heading=###',
] as const;

const drawn = (random: Prng, line: string): string =>
  line.replace(/[#~]/g, (sign) => (sign === '#' ? String(random.below(10)) : random.hex(1)));

/** The published values in each of the lines, and `each` draws of each clean line. */
export function makeFieldCorpus(seed: number, each: number): readonly Sample[] {
  const random = createPrng(seed);
  const samples: Sample[] = [];
  for (const [kind, values] of Object.entries(PUBLISHED)) {
    for (const value of values) {
      for (const line of LINES) {
        const text = line.replace('§', () => value);
        samples.push({ key: 'log.body', text, kind: kind as RedactKind, value });
      }
    }
  }
  for (let round = 0; round < each; round++) {
    for (const line of CLEAN) {
      samples.push({ key: 'log.body', text: drawn(random, line), kind: undefined, value: '' });
    }
  }
  return samples;
}
