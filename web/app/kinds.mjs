// What the kinds of data and their columns are called, from the server's own tables; asked once.
import { ask } from './api.mjs';
import { lang } from './i18n.mjs';

let asked = null, known = { kinds: [] };

// { kinds: [{ name, title, fields: [{ name, label, required }] }] }; none, and the error, where it cannot be had: names stand for
// themselves then.
export function kinds() {
    asked ??= ask('api/v1/kinds').then((answer) => { known = answer; return answer; }).catch((error) => {
        asked = null;
        return { kinds: [], error };
    });
    return asked;
}

export function kindNow(name) {
    return known.kinds.find((kind) => kind.name === name);
}

// In the order that people use them.
export function kindList(all) {
    return all.kinds;
}

// The label is in Chinese; the name of the field is plain English.
export function fieldLabel(kind, name) {
    const field = kind?.fields?.find((item) => item.name === name);
    if (lang() === 'zh' && field?.label) return field.label;
    const text = name.replaceAll('_', ' ');
    return text.charAt(0).toUpperCase() + text.slice(1);
}
