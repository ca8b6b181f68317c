import { AppEvents, type EventBus } from '@grafana/data';
import { Alert, useStyles2 } from '@grafana/ui';
import { useEffect, useState } from 'react';
import { pageStyles } from './pageStyles';

type Severity = 'success' | 'warning' | 'error';

interface Toast {
  readonly id: number;
  readonly severity: Severity;
  readonly text: string;
}

const KINDS: readonly (readonly [{ readonly name: string }, Severity])[] = [
  [AppEvents.alertSuccess, 'success'],
  [AppEvents.alertWarning, 'warning'],
  [AppEvents.alertError, 'error'],
];
const SHOWN_MS = 5000;

const textOf = (payload: unknown): string => [payload].flat().map(String).join(': ');

/** The notices that plugins publish, as Grafana shows them. */
export function Toasts({ events }: { readonly events: EventBus }) {
  const styles = useStyles2(pageStyles);
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  useEffect(() => {
    let last = 0;
    const all = KINDS.map(([{ name }, severity]) =>
      events.getStream({ type: name } as never).subscribe(({ payload }: { payload?: unknown }) => {
        const id = ++last;
        setToasts((shown) => [...shown, { id, severity, text: textOf(payload) }]);
        window.setTimeout(() => {
          setToasts((shown) => shown.filter((toast) => toast.id !== id));
        }, SHOWN_MS);
      }),
    );
    return () => {
      for (const subscription of all) subscription.unsubscribe();
    };
  }, [events]);
  return (
    <div className={styles.toasts}>
      {toasts.map(({ id, severity, text }) => (
        <Alert key={id} severity={severity} title={text} />
      ))}
    </div>
  );
}
