// What the columns of each kind of data are called, from the server's own tables; asked once.
import { ask } from './api.mjs';
import { lang } from './i18n.mjs';

let asked = null;

// { kinds: [{ name, title, fields: [{ name, label, words }] }] }; nothing where it cannot be had: names stand for themselves then.
export function kinds() {
    asked ??= ask('api/v1/kinds').catch(() => {
        asked = null;
        return { kinds: [] };
    });
    return asked;
}

export function fieldLabel(kind, name) {
    const label = kind?.fields?.find((field) => field.name === name)?.label;
    return (lang() === 'en' ? label?.en : label?.zh) || name.replaceAll('_', ' ');
}
