/** What the AMD loader of Grafana passes for the dependency `module`; declared in build/webpackConfig.mjs. */
declare module 'amd-module' {
  const amdModule: { readonly uri: string };
  export default amdModule;
}

/** Where webpack's code looks for lazy chunks. */
declare let __webpack_public_path__: string;
