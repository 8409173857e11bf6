// The page of doubtful matches: one pair at a time, both sides beside each other, and a person's word on it.
import { deskKeep, deskQuery, deskStart } from './desk.mjs';
import { byId, h, icon, say } from './dom.mjs';
import { count } from './format.mjs';
import { t } from './i18n.mjs';
import { decider, decisionView, keysStart, keysView } from './review_decide.mjs';
import { reviewView, titleOf } from './review_card.mjs';
import { current, decide, list, load, move } from './reviews.mjs';
import { on } from './store.mjs';

const STATES = ['open', 'confirmed', 'refused'], SUBJECTS = ['', 'facility', 'substance'];

function keep() {
    deskKeep({ status: list.status === 'open' ? '' : list.status, subject: list.subject, id: current()?.id });
}

function focusTitle() {
    (byId('review-title') ?? byId('review-none'))?.focus();
}

async function show(wanted) {
    draw();
    if (!await load(wanted)) return;
    keep();
    draw();
}

function choices(id, legend, values, chosen, label, take) {
    return h('fieldset', { class: 'choices', id }, h('legend', {}, legend), h('div', { class: 'choice-row' }, values.map((value) =>
        h('label', { class: 'choice' }, h('input', { type: 'radio', name: id, value, checked: value === chosen, onchange: async () => {
            await take(value);
            document.querySelector(`#${id} input:checked`)?.focus();
        } }), h('span', {}, label(value))))));
}

function filterView() {
    const shown = (state) => (list.counts ? `${t(`review_${state}`)} ${count(list.counts[state])}` : t(`review_${state}`));
    return h('section', { class: 'sheet filters', 'aria-label': t('review_filter') },
        choices('status', t('review_status'), STATES, list.status, shown, (value) => { list.status = value; return show(); }),
        choices('subject', t('review_subject'), SUBJECTS, list.subject, (value) => t(`review_subject_${value || 'all'}`), (value) => { list.subject = value; return show(); }));
}

function fault() {
    return list.fault && h('div', { class: 'notice error', role: 'alert', id: 'fault' }, icon('alert'), h('div', {}, h('span', {}, list.fault),
        !list.loaded && h('div', {}, h('button', { type: 'button', class: 'btn', id: 'again', onclick: () => show() }, t('try_again')))));
}

function lastView() {
    const { last } = list;
    if (!last) return null;
    const [left, right] = titleOf(last.review);
    const did = last.merged ? t('review_did_merge') : last.parted ? t('review_did_part')
        : last.holdings_changed ? t('review_did_link', { n: count(last.holdings_changed) }) : '';
    return h('div', { class: 'notice last', id: 'last' }, icon('info'), h('div', {},
        h('strong', {}, t(`review_done_${last.decision}`)), h('span', { class: 'block' }, `${left} ⇄ ${right}`), did && h('span', { class: 'block' }, did),
        last.decision !== 'reopen' && h('button', { type: 'button', class: 'btn', id: 'take-back', disabled: list.busy,
            onclick: () => act('reopen', last.review.id) }, t('review_take_back'))));
}

function emptyView() {
    if (!list.loaded) return list.fault ? null : h('p', { class: 'loading' }, t('loading'));
    const all = list.counts ? STATES.reduce((sum, state) => sum + list.counts[state], 0) : 0;
    const text = all ? t(list.status === 'open' ? 'review_all_done' : 'review_none_such') : t('review_none');
    return h('section', { class: 'sheet' }, h('h2', { id: 'review-none', tabindex: '-1' }, text), h('p', { class: 'hint' }, t('review_about')));
}

function mover(id, step, symbol, text, off) {
    return h('button', { type: 'button', class: 'btn', id, disabled: off, onclick: () => go(step) },
        step < 0 && h('span', { 'aria-hidden': 'true' }, symbol), text, step > 0 && h('span', { 'aria-hidden': 'true' }, symbol));
}

function pairView(review) {
    const last = list.at + 1 >= list.items.length && !list.next;
    const total = Math.max(list.counts?.[list.status] ?? 0, list.items.length);
    return h('section', { class: 'sheet pair', id: 'pair', 'data-review': review.id },
        h('div', { class: 'pair-head' }, mover('back', -1, '←', t('review_back'), list.at === 0),
            h('p', { class: 'place-in' }, t('review_place', { n: count(list.at + 1), total: count(total) }), h('span', { class: 'faint block' }, t('review_number', { n: review.id }))),
            mover('forth', 1, '→', t('review_forth'), last)),
        reviewView(review), fault(), decisionView(review, { busy: list.busy, act }));
}

function draw() {
    const review = current();
    byId('review-filter').replaceChildren(filterView());
    byId('review-pair').replaceChildren(...[lastView(), review ? pairView(review) : [fault(), emptyView()]].flat().filter(Boolean));
    const open = byId('keys')?.open;
    byId('review-keys').replaceChildren(keysView(draw));
    byId('keys').open = Boolean(open);
}

async function go(step) {
    if (list.busy || !await move(step)) {
        draw();
        return;
    }
    keep();
    draw();
    focusTitle();
}

function nobody() {
    list.fault = t('review_need_by');
    draw();
    byId('by').focus();
}

async function act(decision, id = current()?.id) {
    if (list.busy || !id) return;
    if (!decider.by) {
        if (byId('by')) nobody();
        return;
    }
    list.busy = true;
    draw();
    const done = await decide(id, decision, decider.by, decider.note.trim());
    list.busy = false;
    if (done) decider.note = '';
    if (list.loaded) keep();            // else another list is on its way
    draw();
    if (done) say(`${t(`review_done_${decision}`)} ${list.counts ? t('review_left', { n: count(list.counts.open) }) : ''}`);
    focusTitle();
}

function fromAddress() {
    const query = deskQuery();
    list.status = STATES.includes(query.get('status')) ? query.get('status') : 'open';
    list.subject = SUBJECTS.includes(query.get('subject')) ? query.get('subject') : '';
    return /^[1-9]\d{0,15}$/.test(query.get('id') ?? '') ? Number(query.get('id')) : 0;
}

deskStart('review');
on(['lang'], draw);
keysStart((wanted) => {
    if (wanted === 'back' || wanted === 'forth') go(wanted === 'back' ? -1 : 1);
    else if (current() && current().status !== (wanted === 'confirm' ? 'confirmed' : 'refused')) act(wanted);
});
addEventListener('hashchange', () => show(fromAddress()));
show(fromAddress());
