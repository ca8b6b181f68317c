import { Agent, get } from 'node:http';

export interface RatedLoad {
  readonly base: string;
  readonly token: string;
  readonly pathOf: (at: number) => string;
  /** Requests a second. */
  readonly rate: number;
  readonly seconds: number;
}

/** Milliseconds from sending until the whole answer was there. Rejects unless the answer is 200. */
const timed = (address: string, agent: Agent, token: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const start = performance.now();
    get(address, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
      response.resume();
      response.once('end', () => {
        if (response.statusCode === 200) resolve(performance.now() - start);
        else reject(new Error(`${address} answered ${response.statusCode ?? ''}`));
      });
    }).once('error', reject);
  });

const until = (time: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, Math.max(0, time - performance.now()));
  });

/** Sends at a steady rate, whether answers came or not, and resolves to the time of each in milliseconds. */
export async function sendAtRate({
  base,
  token,
  pathOf,
  rate,
  seconds,
}: RatedLoad): Promise<number[]> {
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const start = performance.now();
  const answers: Promise<number>[] = [];
  for (let at = 0; at < rate * seconds; at++) {
    await until(start + (at * 1000) / rate);
    answers.push(timed(base + pathOf(at), agent, token));
  }
  try {
    return await Promise.all(answers);
  } finally {
    agent.destroy();
  }
}
