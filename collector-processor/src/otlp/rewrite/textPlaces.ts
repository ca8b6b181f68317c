import type { Signal } from '../../core/consumer';
import type { RedactContext } from '../../core/redaction';
import { tagOf, WIRE } from '../wire';

/** What stands behind a tag, as far as it can hold something that a service wrote freely. */
export const PLACE = { other: 0, attribute: 1, text: 2, value: 3, message: 4 } as const;

/** Where attributes and free texts stand in a message. Ids, times and numbers of the protocol are not among them. */
export interface MessagePlaces {
  readonly context: RedactContext | undefined;
  /** Field of the attribute list that says what was changed in this message and the ones inside it; 0: none. */
  readonly markField: number;
  /** A `PLACE` by tag. All fields below 16, so every tag is one byte; behind them room for first bytes of longer ones. */
  readonly byTag: Uint8Array;
  readonly children: readonly (MessagePlaces | undefined)[];
}

interface Fields {
  readonly attributes?: number;
  readonly texts?: readonly number[];
  /** An `AnyValue` that is no attribute. */
  readonly value?: number;
  readonly messages?: Readonly<Record<number, MessagePlaces>>;
}

function places(
  context: RedactContext | undefined,
  { attributes, texts = [], value, messages = {} }: Fields,
  marked = attributes !== undefined,
): MessagePlaces {
  const byTag = new Uint8Array(256);
  const children: (MessagePlaces | undefined)[] = new Array<undefined>(128);
  const put = (field: number, place: number): void => {
    byTag[tagOf(field, WIRE.bytes)] = place;
  };
  if (attributes !== undefined) put(attributes, PLACE.attribute);
  if (value !== undefined) put(value, PLACE.value);
  for (const field of texts) put(field, PLACE.text);
  for (const [field, child] of Object.entries(messages)) {
    put(Number(field), PLACE.message);
    children[tagOf(Number(field), WIRE.bytes)] = child;
  }
  return { context, markField: marked ? attributes! : 0, byTag, children };
}

// Field numbers of opentelemetry-proto 1.x: resource/v1, common/v1, trace/v1, logs/v1, metrics/v1.
const resource = places('resource', { attributes: 1 });
const scope = places('scope', { attributes: 3 });

/** Export request → Resource… → Scope… → item. */
const request = (item: MessagePlaces): MessagePlaces => {
  const ofScope = places(undefined, { messages: { 1: scope, 2: item } });
  const ofResource = places(undefined, { messages: { 1: resource, 2: ofScope } });
  return places(undefined, { messages: { 1: ofResource } });
};

// What was changed in an event or a link is told on its span, where somebody will see it.
const event = places('event', { attributes: 3, texts: [2] }, false);
const link = places('link', { attributes: 4 }, false);
const status = places('span', { texts: [2] });
const span = places('span', {
  attributes: 9,
  texts: [5],
  messages: { 11: event, 13: link, 15: status },
});

const logRecord = places('log', { attributes: 6, value: 5, texts: [12] });

const exemplar = places('exemplar', { attributes: 7 });
const numberPoint = places('point', { attributes: 7, messages: { 5: exemplar } });
const histogramPoint = places('point', { attributes: 9, messages: { 8: exemplar } });
const exponentialPoint = places('point', { attributes: 1, messages: { 11: exemplar } });
const summaryPoint = places('point', { attributes: 7 });
const data = (point: MessagePlaces): MessagePlaces => places(undefined, { messages: { 1: point } });
const metric = places('metric', {
  attributes: 12,
  messages: {
    5: data(numberPoint),
    7: data(numberPoint),
    9: data(histogramPoint),
    10: data(exponentialPoint),
    11: data(summaryPoint),
  },
});

/** Each signal's export request. */
export const REQUEST_PLACES: Readonly<Record<Signal, MessagePlaces>> = {
  traces: request(span),
  logs: request(logRecord),
  metrics: request(metric),
};
