import { LANGUAGES } from '@grafana/i18n';
import { config } from '@grafana/runtime';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';

/** Grafana's translations as plugins find them: the language is known and has something in it. */
export async function initI18n(): Promise<void> {
  const { language } = config.bootData.user;
  await i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en-US',
    supportedLngs: LANGUAGES.map(({ code }) => code),
    // Without a resource of its own a language is not resolved.
    resources: { [language]: { grafana: { loaded: 'true' } } },
    returnEmptyString: false,
    partialBundledLanguages: true,
    interpolation: { escapeValue: false },
  });
}
