/** One language: the files of src/locales/<language>, by name. */
export type Resources = Readonly<Record<string, object>>;

/** English stands in the code. A language that is not here shows English. */
const LANGUAGES: Readonly<Record<string, () => Promise<{ readonly default: Resources }>>> = {
  'de-DE': () => import('../locales/de-DE'),
  'es-ES': () => import('../locales/es-ES'),
  'fr-FR': () => import('../locales/fr-FR'),
};

/** The texts of a language, as its own lazy chunk. */
export const loadLocale = async (language: string): Promise<Resources> =>
  (await LANGUAGES[language]?.())?.default ?? {};
