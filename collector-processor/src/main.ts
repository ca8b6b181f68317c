#!/usr/bin/env -S node --single-threaded-gc --initial-old-space-size=256 --max-semi-space-size=64
import { backfillCommand } from './cli/backfillCommand';
import { checkCommand } from './cli/checkCommand';
import { createDemoCommand } from './cli/demoCommand';
import { createFireDrillCommand } from './cli/fireDrillCommand';
import { grafanaFilesCommand } from './cli/grafanaFilesCommand';
import { processHost } from './cli/processHost';
import { baselineCommand } from './cli/baselineCommand';
import { repriceCommand } from './cli/repriceCommand';
import { runCli } from './cli/runCli';
import { createStartCommand } from './cli/startCommand';
import { createService } from './service';

const commands = [
  createStartCommand(createService),
  checkCommand,
  repriceCommand,
  baselineCommand,
  backfillCommand,
  createDemoCommand(createService),
  createFireDrillCommand(createService),
  grafanaFilesCommand,
];

void runCli(process.argv.slice(2), commands, processHost).then((code) => {
  // Ends the process even if a library still holds a timer or a socket: everything of ours has stopped by now.
  process.exit(code);
});
