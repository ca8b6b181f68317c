import { wholeNumber } from './format';
import type { Alarm, Finding, Findings } from './findings';
import { HOUR_MS } from './seasons';

/** Lines of alarms that nothing explains: more of them say nothing new. */
const OTHERS_SHOWN = 5;

const atText = (timeMs: number): string =>
  `${new Date(timeMs).toISOString().slice(5, 16).replace('T', ' ')} UTC`;
const hours = (ms: number): string => `${(ms / HOUR_MS).toFixed(1)} h`;
const subject = ({
  model,
  feature,
}: {
  readonly model: string;
  readonly feature: string;
}): string => (feature === '' ? model : `${model}, ${feature}`);

function findingText({ fault, alarm, delayMs }: Finding): string {
  const planted = `${subject(fault)}: ${fault.what} since ${atText(fault.sinceMs)}`;
  if (alarm === undefined || delayMs === undefined) return `  not found yet  ${planted}`;
  return `  FOUND after ${hours(delayMs)} of data  ${planted}\n    ${alarm.kind}: ${alarm.evidence}`;
}

const alarmText = (alarm: Alarm): string =>
  `  ${atText(alarm.atMs)}  ${alarm.kind}  ${subject(alarm)}: ${alarm.evidence}`;

/** What was planted and found, and whether anything else would have woken somebody. */
export function findingLines(findings: Findings, hours: number): string[] {
  const { found, others } = findings;
  const heading =
    found.length === 0
      ? 'Nothing is wrong in these 14 days.'
      : 'Planted in the last of 14 days, and what the monitor tells of it:';
  const pages =
    others.length === 0
      ? found.length === 0
        ? 'Nothing pages.'
        : 'Nothing else pages.'
      : `Pages that nothing planted explains: ${others.length}.`;
  return [
    heading,
    ...found.flatMap((one) => findingText(one).split('\n')),
    `${pages} Hours of models looked at: ${wholeNumber(hours)}`,
    ...others.slice(0, OTHERS_SHOWN).map(alarmText),
  ];
}
