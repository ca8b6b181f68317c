import { serveTask } from '../bench/process/childTask';
import { startNaiveServer } from './startNaiveServer';

/** The baseline as a process of its own: told ClickHouse's URL, it answers with its gRPC address. */
serveTask((clickhouseUrl: string): Promise<string> => startNaiveServer(clickhouseUrl));
