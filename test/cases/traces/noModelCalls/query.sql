SELECT
  (SELECT count() FROM ml_inferences WHERE tenant = {tenant:String}) AS inferences,
  (SELECT count() FROM otel_traces WHERE ResourceAttributes['plumbline.tenant'] = {tenant:String}) AS spans
