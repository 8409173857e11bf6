// The page of checks on quantities: what must be reported, what is out of the ordinary, in which order companies come.
import { anomaliesStart } from './checks_anomalies.mjs';
import { priorityStart } from './checks_priority.mjs';
import { thresholdsStart } from './checks_thresholds.mjs';
import { deskKeep, deskQuery, deskStart } from './desk.mjs';
import { byId, h } from './dom.mjs';
import { t } from './i18n.mjs';
import { on } from './store.mjs';

const KINDS = { thresholds: thresholdsStart, anomalies: anomaliesStart, priority: priorityStart };
const views = {};               // kind → { box, show(), words() }
let kind = 'thresholds';
let kept = {};                  // filters by kind, as the address has them

// Filters of the kind that is shown go into the address.
function keep(values) {
    kept = values;
    deskKeep({ kind: kind === 'thresholds' ? '' : kind, ...values });
}

function choice() {
    byId('checks-kind').replaceChildren(h('fieldset', { class: 'choices' }, h('legend', { class: 'unseen' }, t('checks_kind')), Object.keys(KINDS).map((name) =>
        h('label', { class: 'choice' }, h('input', { type: 'radio', name: 'checks-kind', value: name, checked: kind === name, onchange: () => {
            kind = name;
            kept = {};
            show();
        } }), h('span', {}, t(`checks_${name}`))))));
}

function show() {
    views[kind] ??= KINDS[kind](keep);
    byId('checks').replaceChildren(views[kind].box);
    views[kind].show(kept);
}

function fromAddress() {
    const query = deskQuery();
    kind = query.get('kind') in KINDS ? query.get('kind') : 'thresholds';
    kept = Object.fromEntries(query);
}

deskStart('checks');
fromAddress();
choice();
show();
on(['lang'], () => {
    choice();
    views[kind].words();
});
addEventListener('hashchange', () => {
    fromAddress();
    choice();
    show();
});
