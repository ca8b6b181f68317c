import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as data from '@grafana/data';
import * as dataUnstable from '@grafana/data/unstable';
import * as runtime from '@grafana/runtime';
import * as runtimeUnstable from '@grafana/runtime/unstable';
import * as ui from '@grafana/ui';
import * as uiUnstable from '@grafana/ui/unstable';
import i18next from 'i18next';
import jquery from 'jquery';
import lodash from 'lodash';
import moment from 'moment';
import * as React from 'react';
import * as ReactDOM from 'react-dom';
import * as ReactDOMClient from 'react-dom/client';
import * as inlineSvg from 'react-inlinesvg';
import * as reactRedux from 'react-redux';
import * as router5 from 'react-router-dom';
import * as router6 from 'react-router-dom-v5-compat';
import * as jsxDevRuntime from 'react/jsx-dev-runtime';
import * as jsxRuntime from 'react/jsx-runtime';
import * as redux from 'redux';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';
import { system } from './system';

/** A package whose export is one object, also for those who import it by name. */
const single = (value: object): object => ({ ...value, default: value, __useDefault: true });

/** The names under which Grafana shares its packages with plugins. */
const SHARED: Readonly<Record<string, object>> = {
  '@emotion/css': emotionCss,
  '@emotion/react': emotionReact,
  '@grafana/data': data,
  '@grafana/data/unstable': dataUnstable,
  '@grafana/runtime': runtime,
  '@grafana/runtime/unstable': runtimeUnstable,
  '@grafana/ui': ui,
  '@grafana/ui/unstable': uiUnstable,
  i18next: { default: i18next, __useDefault: true },
  jquery: single(jquery),
  lodash: single(lodash),
  moment: { default: moment, __useDefault: true },
  react: React,
  'react/jsx-runtime': jsxRuntime,
  'react/jsx-dev-runtime': jsxDevRuntime,
  'react-dom': ReactDOM,
  'react-dom/client': ReactDOMClient,
  'react-inlinesvg': inlineSvg,
  'react-redux': reactRedux,
  'react-router': router6,
  'react-router-dom': router5,
  redux,
  rxjs,
  'rxjs/operators': rxjsOperators,
};

/** Makes what plugins expect from Grafana known to the module loader. */
export function shareDependencies(): void {
  const imports: Record<string, string> = {};
  for (const [name, module] of Object.entries(SHARED)) {
    // The loader copies a plain object once; exports such as PluginPage are assigned later and must be seen then.
    const untagged = !(Symbol.toStringTag in module);
    if (name.startsWith('@grafana/') && untagged) {
      Object.defineProperty(module, Symbol.toStringTag, { value: 'Module' });
    }
    imports[name] = `package:${name}`;
    system.set(`package:${name}`, module);
  }
  system.addImportMap({ imports });
}
