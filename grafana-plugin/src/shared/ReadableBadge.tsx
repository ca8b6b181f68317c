import { css } from '@emotion/css';
import type { GrafanaTheme2 } from '@grafana/data';
import { Badge, type BadgeProps, useStyles2 } from '@grafana/ui';

/** A badge whose words have enough contrast: those of Grafana 12 are too faint on white. Border and background keep the colour. */
export const ReadableBadge = (props: Omit<BadgeProps, 'className'>) => (
  <Badge className={useStyles2(getStyle)} {...props} />
);

const getStyle = (theme: GrafanaTheme2) =>
  css({
    '&&': { color: theme.colors.text.primary, whiteSpace: 'nowrap' },
  });
