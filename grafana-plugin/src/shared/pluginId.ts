/** The id of the app in plugin.json; also the namespace of its translations and the prefix of its permissions. */
export const PLUGIN_ID = 'plumbline-modelhealth-app';
