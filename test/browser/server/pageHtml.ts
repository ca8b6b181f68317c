/** A value as a script can hold it: no `</script>` within. */
const literal = (value: unknown): string => JSON.stringify(value).replaceAll('<', '\\u003c');

/**
 * A browser that was started without a locale calls its language `en-US@posix`, which is no language tag: uPlot would throw while
 * it is loaded, and nothing of the page would be shown.
 */
const MENDED_LANGUAGE = `
      try {
        Intl.getCanonicalLocales([...navigator.languages, navigator.language]);
      } catch {
        const proper = { language: 'en-US', languages: Object.freeze(['en-US']) };
        for (const [name, value] of Object.entries(proper)) {
          Object.defineProperty(navigator, name, { get: () => value, configurable: true });
        }
      }`;

/** Boot data must be there before any module of Grafana is evaluated: its configuration reads it once. */
export const pageHtml = (boot: object, page: object, base: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width" />
    <title>Plumbline</title>
    <link rel="icon" href="data:," />
    <link rel="stylesheet" href="${base}/main.css" />
    <style>
      body {
        margin: 0;
      }
    </style>
    <script>${MENDED_LANGUAGE}
      window.__grafana_public_path__ = '/public/';
      window.grafanaBootData = ${literal(boot)};
      window.hostPage = ${literal(page)};
    </script>
  </head>
  <body>
    <div id="reactRoot"></div>
    <script type="module" src="${base}/main.js"></script>
  </body>
</html>
`;
