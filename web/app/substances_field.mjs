// A field for one substance or several: what is chosen stands as buttons that take it away, the box beside them finds more.
import { ask } from './api.mjs';
import { combobox } from './combobox.mjs';
import { h, icon } from './dom.mjs';
import { find } from './find.mjs';
import { nameOf, t } from './i18n.mjs';

const known = new Map();        // CAS number → what the server says about it
const asked = new Map();        // CAS number → the question, once for all fields; where it fails the number stands alone

// The name of `cas` is known, or known not to be had.
export function learn(cas) {
    if (!asked.has(cas)) {
        asked.set(cas, ask(`api/v1/substances/${encodeURIComponent(cas)}`)
            .then((answer) => { known.set(cas, answer.substance ?? answer); }, () => { known.set(cas, null); }));
    }
    return asked.get(cas);
}

export function substanceName(cas) {
    return known.get(cas) ? `${nameOf(known.get(cas))} ${cas}` : cas;
}

// values: CAS numbers; most: how many may be chosen; change(values) takes the new list. named() is called when a name has come.
export function substancesField({ id, label, values, most = 1, change, named }) {
    const input = h('input', { type: 'text', id, class: 'text', placeholder: t('substance_any') });
    const popup = h('div', { class: 'popup inline', hidden: true });
    combobox(input, popup, { find: (text, signal) => find(text, signal, 'substance'), chosen: (item) => {
        input.value = '';
        known.set(item.cas, item);
        change(most === 1 ? [item.cas] : [...new Set([...values, item.cas])].slice(-most));
    } });
    const missing = values.filter((cas) => !known.has(cas));
    if (missing.length) Promise.all(missing.map(learn)).then(named);
    const chips = values.map((cas) => h('button', { type: 'button', class: 'btn', 'aria-label': t('remove', { name: substanceName(cas) }), onclick: () => {
        change(values.filter((other) => other !== cas));
        document.getElementById(id)?.focus();
    } }, substanceName(cas), icon('close')));
    return h('div', { class: 'field' }, h('label', { for: id }, label), h('div', { class: 'popup-host' }, input, popup),
        chips.length > 0 && h('div', { class: 'chips-taken', id: `${id}-taken` }, chips));
}
