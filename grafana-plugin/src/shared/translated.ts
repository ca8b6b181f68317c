let loaded = false;

/** Said once the texts of the user's language are there. */
export const markTranslated = (): void => {
  loaded = true;
};

/**
 * A text of a panel's options. Grafana reads their defaults before anything is drawn, and so before texts are loaded; it asks
 * again when the options are shown.
 */
export const translated = (text: () => string): string => (loaded ? text() : '');
