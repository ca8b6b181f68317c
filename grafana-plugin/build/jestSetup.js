/** What @grafana/ui and React expect of a browser, and jsdom lacks. */
const { TextDecoder, TextEncoder } = require('node:util');

global.TextEncoder ??= TextEncoder;
global.TextDecoder ??= TextDecoder;

global.MessageChannel ??= class {
  constructor() {
    this.port1 = { onmessage: null, close() {} };
    this.port2 = {
      postMessage: (data) => setTimeout(() => this.port1.onmessage?.({ data })),
      close() {},
    };
  }
};

global.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
};

global.matchMedia ??= (media) => ({
  media,
  matches: false,
  addEventListener() {},
  removeEventListener() {},
  addListener() {},
  removeListener() {},
});
