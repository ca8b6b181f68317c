import { runGrid } from './grid';
import { quietPages, windowsToPage } from './pages';
import { bridgeCalibration } from './calibration';
const what = process.argv[2];
const t = Date.now();
if (what === 'grid') {
  const g = runGrid(Number(process.argv[3]), Number(process.argv[4]));
  console.log(g.fpr, g.tpr, g.balancedAccuracy);
  for (const c of g.cells)
    console.log(
      c.marginal.padEnd(14),
      c.regime.padEnd(14),
      Object.entries(c.rejected)
        .map(([k, v]) => k + ' ' + ((100 * v) / c.trials).toFixed(1))
        .join('  '),
    );
}
if (what === 'pages')
  console.log(
    quietPages(
      {
        features: 100,
        rows: 1000,
        autocorrelation: Number(process.argv[4] ?? 0.3),
        referenceHours: 168,
        seed: Number(process.argv[5] ?? 1),
      },
      Number(process.argv[3]),
    ),
  );
if (what === 'planted') {
  const r = [];
  for (let s = 1; s <= Number(process.argv[3]); s++)
    r.push(
      windowsToPage(
        { features: 100, rows: 1000, autocorrelation: 0.3, referenceHours: 168, seed: s },
        5,
        30,
      ),
    );
  console.log(r.sort((a, b) => a - b).join(' '));
}
if (what === 'bridge') console.log(bridgeCalibration(2000));
console.log(Date.now() - t, 'ms');
