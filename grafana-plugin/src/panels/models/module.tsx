import { PanelPlugin } from '@grafana/data';
import { lazyTranslated } from '../../shared/lazyTranslated';

export const plugin = new PanelPlugin(lazyTranslated(() => import('./ModelsPanel')));
