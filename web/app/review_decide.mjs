// The part where a person decides: who, a note, the buttons, and the keys that press them.
import { h, icon } from './dom.mjs';
import { time } from './format.mjs';
import { t } from './i18n.mjs';
import { recall, remember } from './remember.mjs';

const BY_MAX = 80, NOTE_MAX = 1000;     // characters; the server's limits
const KEYS = { c: 'confirm', r: 'refuse', ArrowLeft: 'back', ArrowRight: 'forth' };

export const decider = { by: recall('by'), note: '', keys: recall('keys', 'on') === 'on' };

function field(id, label, input, hint) {
    return h('div', { class: 'field' }, h('label', { for: id }, label), input, hint && h('p', { class: 'hint', id: `${id}-hint` }, hint));
}

function button(id, review, busy, act, ...content) {
    const verdict = id === 'confirm' ? 'confirmed' : 'refused';
    return review.status !== verdict && h('button', { type: 'button', class: `btn verdict-btn ${id}`, id, disabled: busy,
        'aria-keyshortcuts': decider.keys ? id[0].toUpperCase() : null, onclick: () => act(id) }, content);
}

function standing(review) {
    if (review.status === 'open') return null;
    return h('div', { class: `notice ${review.status === 'confirmed' ? 'good' : ''}`, id: 'standing' }, icon('info'), h('div', {},
        h('strong', {}, t(`review_${review.status}`)), h('span', { class: 'block' }, t('review_decided', { by: review.decided_by ?? '', time: review.decided_at ? time(review.decided_at) : '' })),
        review.note && h('span', { class: 'block note-text' }, review.note)));
}

export function decisionView(review, { busy, act }) {
    const key = (text) => decider.keys && h('kbd', { 'aria-hidden': 'true' }, text);
    return [standing(review),
        h('div', { class: 'columns decide' },
            field('by', t('review_by'), h('input', { id: 'by', class: 'text', type: 'text', maxlength: BY_MAX, value: decider.by, required: true,
                autocomplete: 'name', 'aria-describedby': 'by-hint', onchange: (event) => {
                    decider.by = event.target.value.trim();
                    remember('by', decider.by);
                } }), t('review_by_hint')),
            field('note', t('review_note'), h('textarea', { id: 'note', class: 'text', rows: 1, maxlength: NOTE_MAX, value: decider.note,
                oninput: (event) => { decider.note = event.target.value; } }))),
        h('div', { class: 'verdicts' },
            button('confirm', review, busy, act, h('span', { 'aria-hidden': 'true' }, '✓'), t('review_confirm'), key('C')),
            button('refuse', review, busy, act, h('span', { 'aria-hidden': 'true' }, '✕'), t('review_refuse'), key('R')),
            review.status !== 'open' && h('button', { type: 'button', class: 'btn verdict-btn', id: 'reopen', disabled: busy, onclick: () => act('reopen') }, t('review_reopen')))];
}

// The keys in words, and the switch that turns the letters off: they must not surprise who dictates or types elsewhere.
export function keysView(draw) {
    const line = (keys, text) => h('div', {}, h('dt', {}, keys.map((key) => [h('kbd', {}, key), ' '])), h('dd', {}, text));
    return h('details', { class: 'sheet', id: 'keys' }, h('summary', {}, t('review_keys')),
        h('dl', { class: 'facts' }, line(['C'], t('review_confirm')), line(['R'], t('review_refuse')), line(['←', '→'], t('review_keys_move')),
            line(['Tab', 'Enter'], t('review_keys_tab'))),
        h('label', { class: 'switch' }, h('input', { type: 'checkbox', role: 'switch', id: 'keys-on', checked: decider.keys, onchange: (event) => {
            decider.keys = event.target.checked;
            remember('keys', decider.keys ? 'on' : 'off');
            draw();
        } }), h('span', { class: 'knob', 'aria-hidden': 'true' }), h('span', {}, t('review_keys_on'))));
}

export function keysStart(act) {
    addEventListener('keydown', (event) => {
        const wanted = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
        const typing = event.target.closest?.('input, textarea, select, .scroll');
        if (!wanted || !decider.keys || event.repeat || event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
        if (typing && !(typing.matches('.scroll') && !event.key.startsWith('Arrow'))) return;
        event.preventDefault();
        act(wanted);
    });
}
