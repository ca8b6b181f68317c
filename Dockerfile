# The processor. The embedded engine (chDB) is in it too, and needs glibc: no Alpine.
FROM node:24-bookworm-slim AS build
WORKDIR /plumbline
COPY . .
# Only the processor's workspaces: the packages of the app and the dashboards are many times as large. `prepare` would build
# everything, so that scripts are left out: no package that is left needs its own (chdb's engine is a package).
RUN npm ci --ignore-scripts -w schemas -w collector-processor --include-workspace-root \
  && npx tsc -b collector-processor \
  && npm prune --omit=dev --ignore-scripts -w schemas -w collector-processor

# The app for Grafana, which `plumbline grafana-files` writes: only its built files get into the image.
FROM node:24-bookworm-slim AS app
WORKDIR /plumbline
COPY . .
RUN npm ci --ignore-scripts -w schemas -w grafana-plugin --include-workspace-root \
  && node grafana-plugin/build/build.mjs

FROM node:24-bookworm-slim
ENV NODE_ENV=production
WORKDIR /plumbline
COPY --from=build /plumbline/node_modules node_modules
COPY --from=build /plumbline/schemas/package.json schemas/package.json
COPY --from=build /plumbline/schemas/dist schemas/dist
COPY --from=build /plumbline/schemas/clickhouse schemas/clickhouse
COPY --from=build /plumbline/collector-processor/package.json collector-processor/package.json
COPY --from=build /plumbline/collector-processor/dist collector-processor/dist
# What `plumbline grafana-files` writes.
COPY --from=build /plumbline/provisioning provisioning
COPY --from=build /plumbline/dashboards dashboards
COPY --from=app /plumbline/grafana-plugin/dist grafana-plugin/dist
COPY deploy/docker/config.yaml /etc/plumbline/config.yaml
# Dead letters, and the embedded engine where no server is configured.
RUN mkdir /var/lib/plumbline && chown node:node /var/lib/plumbline
VOLUME /var/lib/plumbline
USER node
EXPOSE 4317 4318 4319
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["node", "-e", \
  "fetch('http://127.0.0.1:4319/readyz').then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "--single-threaded-gc", "--initial-old-space-size=256", "--max-semi-space-size=64", "collector-processor/dist/main.js"]
CMD ["start", "--config", "/etc/plumbline/config.yaml"]
