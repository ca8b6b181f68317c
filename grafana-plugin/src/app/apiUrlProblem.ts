import { t } from '../shared/t';

/** What is wrong with the address of the API, in words; an empty one is fine: the app then only reads. */
export const apiUrlProblem = (text: string): string | undefined => {
  if (text.trim() === '') return undefined;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return t('setup.config.notUrl', 'Not an address: {{text}}', { text });
  }
  if (!['http:', 'https:'].includes(url.protocol))
    return t('setup.config.notHttp', 'It must start with http:// or https://');
  if (url.username !== '' || url.search !== '' || url.hash !== '')
    return t('setup.config.extra', 'Only scheme, host, port and path; the token has its own field');
  if (/\/api\/v1\/?$/.test(url.pathname))
    return t('setup.config.withoutPath', 'Without /api/v1: the app adds it');
  return undefined;
};
