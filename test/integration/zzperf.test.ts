import { readFileSync } from 'node:fs';
import { test } from '@jest/globals';
import { startEngine } from '../support/engine';
import { reprice } from '../../collector-processor/src/store/reprice';
import { createPricer } from '../../collector-processor/src/enrich/price/pricer';
import { priceRow } from '../support/priceRow';
test('perf', async () => {
  const e = await startEngine();
  await e.client.command({ query: readFileSync('/work/main/schemas/clickhouse/0002_ml_inferences.sql', 'utf8') });
  await e.client.command({ query: `INSERT INTO ml_inferences (tenant,environment,model,version,time,inference_id,row_version,model_type,provider,tokens)
   SELECT 't','p','m',concat('m-',toString(number%5)),toDateTime64('2026-06-01 00:00:00',3)+number/3,concat(hex(MD5(toString(number))),':',hex(number),':0'),1,'llm','acme',map('input',number%1000,'output',number%77) FROM numbers(200000)` });
  const p = createPricer([priceRow(), priceRow({ bucket: 'output' })]);
  for (let i = 0; i < 2; i++) {
    const t = Date.now(); const h0 = process.memoryUsage().rss;
    const r = await reprice(e.client, (x) => p.price(x), { fromMs: Date.UTC(2026, 5, 1), toMs: Date.UTC(2026, 5, 3) });
    process.stdout.write(`${r.rowsRead} ${r.rowsChanged} ${Date.now() - t} ms ${(process.memoryUsage().rss - h0) / 1e6}\n`);
  }
  await e.stop();
}, 300000);
