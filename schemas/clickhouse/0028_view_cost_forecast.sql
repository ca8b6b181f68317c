-- What this month (UTC) will have cost, by model and team: the month to date plus the mean of the same weekday hours of the
-- last four weeks. Each of those weeks in turn stands for every hour that is left, so `low` and `high` are the 95% prediction
-- interval (Student's t) from the spread of whole weeks: hours of one week are not independent of each other. Weeks in which
-- the model was not there yet are left out: with none of them there is no forecast, with one of them no interval. Only costs
-- that are known are in it (v_models.cost_coverage). `version` is empty: a new version goes on where the old one ended.
--
-- `back` is how many hours before the current one an hour is. The hour that it stands for comes (672 - back) % 168 hours from
-- now, and then every week until the month ends; of the current hour a part is over.
CREATE VIEW IF NOT EXISTS v_cost_forecast AS
SELECT
  CAST(toDateTime(toStartOfMonth(now('UTC')), 'UTC'), 'DateTime64(3)') AS time,
  tenant,
  environment,
  model,
  '' AS version,
  team,
  toStartOfMonth(now('UTC')) AS month,
  currency,
  actual,
  if(n > 0, toFloat64(actual) + rest, NULL) AS forecast,
  if(n > 1, toFloat64(actual) + greatest(0., rest - half), NULL) AS low,
  if(n > 1, toFloat64(actual) + rest + half, NULL) AS high
FROM (
  SELECT
    tenant, environment, model, team, currency, actual, n,
    arraySlice(weeks, 1, n) AS told,
    arraySum(told) / greatest(n, 1) AS rest,
    [0., 12.706204736, 4.302652730, 3.182446305][greatest(n, 1)]
      * sqrt(arraySum(week -> pow(week - rest, 2), told) / greatest(n - 1, 1) * (1 + 1 / greatest(n, 1))) AS half
  FROM (
    SELECT
      tenant, environment, model, team, currency,
      sumIf(minute_cost, time >= toDateTime(toStartOfMonth(now('UTC')), 'UTC')) AS actual,
      sumForEach(arrayMap(week -> if(back > 168 * week AND back <= 168 * (week + 1), toFloat64(minute_cost) * times, 0.), [0, 1, 2, 3])) AS weeks,
      toUInt8(least(4, intDiv(max(back) + 6, 168))) AS n
    FROM (
      SELECT
        time, tenant, environment, model, team, currency,
        assumeNotNull(cost) AS minute_cost,
        dateDiff('hour', toStartOfHour(time), toStartOfHour(now('UTC'))) AS back,
        (672 - least(back, 672)) % 168 AS ahead,
        dateDiff('hour', toStartOfHour(now('UTC')), toDateTime(addMonths(toStartOfMonth(now('UTC')), 1), 'UTC')) AS hours_left,
        if(hours_left > ahead, intDiv(hours_left - ahead - 1, 168) + 1, 0)
          - if(ahead = 0, (toUnixTimestamp(now('UTC')) % 3600) / 3600, 0.) AS times
      FROM ml_traffic
      WHERE cost IS NOT NULL
        AND time >= least(toDateTime(toStartOfMonth(now('UTC')), 'UTC'), toStartOfHour(now('UTC')) - INTERVAL 672 HOUR)
    )
    GROUP BY tenant, environment, model, team, currency
  )
);
