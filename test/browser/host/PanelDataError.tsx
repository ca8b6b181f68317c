/** In place of Grafana's view for data that a panel cannot show. */
export const PanelDataError = ({ message }: { readonly message?: string }) => (
  <div role="alert">{message ?? 'No data'}</div>
);
