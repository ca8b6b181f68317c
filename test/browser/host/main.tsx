import 'uplot/dist/uPlot.min.css';
import { config } from '@grafana/runtime';
import { createRoot } from 'react-dom/client';
import { Host } from './Host';
import { initI18n } from './initI18n';
import { shareDependencies } from './shareDependencies';
import { startServices } from './startServices';
import { watchRequests } from './watchRequests';

async function start(): Promise<void> {
  watchRequests();
  shareDependencies();
  const events = startServices();
  await initI18n();
  document.body.classList.add(`theme-${config.bootData.user.theme}`);
  document.documentElement.lang = config.bootData.user.language;
  createRoot(document.getElementById('reactRoot')!).render(<Host events={events} />);
}

void start();
