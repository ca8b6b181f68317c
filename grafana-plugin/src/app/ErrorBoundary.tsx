import { Component, type ReactNode } from 'react';
import { FailedState } from '../states/FailedState';
import { t } from '../shared/t';

interface Props {
  readonly children: ReactNode;
  /** The error is forgotten when this changes: another page may work. */
  readonly resetKey: string;
}

interface State {
  readonly error: Error | null;
  readonly resetKey: string;
}

/** Keeps a bug of one page from taking Grafana's frame with it, and shows what it was. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null, resetKey: this.props.resetKey };

  static getDerivedStateFromError(error: Error): Partial<State> {
    return { error };
  }

  static getDerivedStateFromProps({ resetKey }: Props, state: State): Partial<State> | null {
    return resetKey === state.resetKey ? null : { error: null, resetKey };
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === null) return this.props.children;
    const outdated = error.name === 'ChunkLoadError';
    return (
      <FailedState
        title={
          outdated
            ? t('app.error.outdated', 'The app was updated; load the page again')
            : t('app.error.title', 'This page failed')
        }
        message={error.message}
        onRetry={() => {
          if (outdated) window.location.reload();
          else this.setState({ error: null });
        }}
      />
    );
  }
}
