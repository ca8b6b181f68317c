import { execFileSync } from 'node:child_process';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The fields of /proc/PID/stat behind the command's name, which may hold spaces; field 3 of the manual is index 0. */
function statFields(pid: number): string[] {
  const line = readFileSync(`/proc/${pid}/stat`, 'latin1');
  return line.slice(line.lastIndexOf(')') + 2).split(' ');
}

/** User and system CPU-seconds of exactly this process, all its threads, none of its children. */
export function cpuSeconds(pid: number): number {
  const fields = statFields(pid);
  return (Number(fields[11]) + Number(fields[12])) / ticksPerSecond;
}

/** User and system CPU-seconds of all children of this process that have ended. */
export function endedChildrenSeconds(): number {
  const fields = statFields(process.pid);
  return (Number(fields[13]) + Number(fields[14])) / ticksPerSecond;
}

/** All processes started by `pid`, directly or not. */
export function descendants(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), Number(statFields(Number(name))[1]));
    } catch {
      // It ended between the listing and the reading.
    }
  }
  const found: number[] = [];
  const wanted = [pid];
  for (let at = wanted.pop(); at !== undefined; at = wanted.pop()) {
    for (const [child, parent] of parents) {
      if (parent !== at) continue;
      found.push(child);
      wanted.push(child);
    }
  }
  return found;
}

/** Forgets the highest resident memory so far, so that `peakRssMb` tells that of what follows. */
export function resetPeakRss(pid: number): void {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
}

/** Highest resident memory since start or `resetPeakRss`, in MB of 10^6 bytes. */
export const peakRssMb = (pid: number): number => memoryMb(pid, /^VmHWM:\s+(\d+) kB$/m);

/** Resident memory now, in MB of 10^6 bytes. */
export const rssMb = (pid: number): number => memoryMb(pid, /^VmRSS:\s+(\d+) kB$/m);

function memoryMb(pid: number, line: RegExp): number {
  const found = line.exec(readFileSync(`/proc/${pid}/status`, 'latin1'));
  if (!found) throw new Error(`/proc/${pid}/status tells nothing like ${line.source}`);
  return (Number(found[1]) * 1024) / 1e6;
}

/** A process and everything that it started, measured apart. */
export interface Usage {
  readonly own: number;
  readonly children: number;
}

/** CPU-seconds so far of `pid` and, summed, of its descendants. */
export function usageOf(pid: number): Usage {
  return {
    own: cpuSeconds(pid),
    children: descendants(pid).reduce((sum, child) => sum + cpuSeconds(child), 0),
  };
}
