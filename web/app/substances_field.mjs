// A field for one substance or several: what is chosen stands as buttons that take it away, the box beside them finds more.
import { ask } from './api.mjs';
import { combobox } from './combobox.mjs';
import { byId, h, icon } from './dom.mjs';
import { find } from './find.mjs';
import { nameOf, t } from './i18n.mjs';

const known = new Map();        // CAS number → what the server says about it
const asked = new Map();        // CAS number → the question on its way, one for all fields

// Calls named() when the name of `cas` has come; where it does not come the number stands alone, and is asked for with the next wish.
export function learn(cas, named) {
    if (!cas || known.has(cas)) return;
    if (!asked.has(cas)) {
        asked.set(cas, ask(`api/v1/substances/${encodeURIComponent(cas)}`)
            .then((answer) => { known.set(cas, answer.substance ?? answer); }).finally(() => asked.delete(cas)));
    }
    asked.get(cas).then(named, () => {});
}

export function substanceName(cas) {
    return known.get(cas) ? `${nameOf(known.get(cas))} ${cas}` : cas;
}

// values: CAS numbers; most: how many may be chosen; change(values) takes the new list. named() is called when a name has come.
export function substancesField({ id, label, values, most = 1, change, named }) {
    const input = h('input', { type: 'text', id, class: 'text', placeholder: t('substance_find'), value: byId(id)?.value ?? '' });       // what is typed stays
    const popup = h('div', { class: 'popup inline', hidden: true });
    combobox(input, popup, { find: (text, signal) => find(text, signal, 'substance'), chosen: (item) => {
        input.value = '';
        known.set(item.cas, item);
        change(most === 1 ? [item.cas] : [...new Set([...values, item.cas])].slice(-most));
    } });
    for (const cas of values) learn(cas, named);
    const chips = values.map((cas) => h('button', { type: 'button', class: 'btn', 'aria-label': t('remove', { name: substanceName(cas) }), onclick: () => {
        change(values.filter((other) => other !== cas));
        byId(id)?.focus();
    } }, substanceName(cas), icon('close')));
    return h('div', { class: 'field' }, h('label', { for: id }, label), h('div', { class: 'popup-host' }, input, popup),
        chips.length > 0 && h('div', { class: 'chips-taken', id: `${id}-taken` }, chips));
}
