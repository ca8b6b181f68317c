/** How long Grafana may take for an answer. */
const ANSWER_WITHIN_MS = 30_000;
/** Without it Grafana takes a rule for provisioned, and nobody could remove in its pages what a drill left behind. */
const EDITABLE = { 'X-Disable-Provenance': 'true' };

export interface GrafanaAccess {
  readonly url: string;
  /** Of a service account that may edit. */
  readonly token: string;
}

/** A call that Grafana refused. */
export class GrafanaRefusal extends Error {
  override readonly name = 'GrafanaRefusal';
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

export type CallGrafana = <Answer>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  body?: unknown,
) => Promise<Answer>;

/** Grafana says why in JSON; a proxy before it may say anything. */
const reasonIn = (text: string): string => {
  try {
    const { message } = JSON.parse(text) as { message?: unknown };
    return typeof message === 'string' ? message : text;
  } catch {
    return text.slice(0, 200);
  }
};

/** Rejects with a `GrafanaRefusal` for any answer but a 2xx. */
export const createGrafanaApi =
  ({ url, token }: GrafanaAccess): CallGrafana =>
  async <Answer>(method: string, path: string, body?: unknown): Promise<Answer> => {
    const answer = await fetch(`${url.replace(/\/+$/, '')}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        'content-type': 'application/json',
        accept: 'application/json',
        ...EDITABLE,
      },
      redirect: 'error',
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok)
      throw new GrafanaRefusal(
        answer.status,
        `Grafana answered ${answer.status} to ${method} ${path}: ${reasonIn(text)}`,
      );
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  };
