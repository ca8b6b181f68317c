import { LinkButton } from '@grafana/ui';
import { quoteText, traceSpans } from '@plumbline/schemas/queries';
import { clickhouseQuery } from '../../../queries/clickhouseQuery';
import { useSceneRange } from '../../../scenes/sceneRange';
import { useDataSource } from '../../../shared/DataSourceContext';
import { exploreUrl } from '../../../shared/links';
import { canExplore } from '../../../shared/permissions';
import { t } from '../../../shared/t';

/** The trace in Grafana's own view; nothing for those whom Grafana does not let in there. */
export const ExploreTraceLink = ({ traceId }: { readonly traceId: string }) => {
  const { uid } = useDataSource();
  const { fromMs, toMs } = useSceneRange();
  if (!canExplore()) return null;
  const query = clickhouseQuery(traceSpans(quoteText(traceId)), uid, 'traces');
  return (
    <LinkButton
      size="sm"
      variant="secondary"
      icon="compass"
      href={exploreUrl(query, { from: String(fromMs), to: String(toMs) })}
    >
      {t('modelTraces.explore', 'Explore')}
    </LinkButton>
  );
};
