import { serveTask } from '../process/childTask';
import { probeVisibility } from './probeVisibility';

serveTask(probeVisibility);
