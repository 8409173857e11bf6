// The whitelist of anomalies: what a person has looked at and found right, with the reason; and taking it back.
import { ask, explain } from './api.mjs';
import { h, icon, say } from './dom.mjs';
import { day } from './format.mjs';
import { t } from './i18n.mjs';
import { recall, remember } from './remember.mjs';

const BY_MAX = 80, REASON_MAX = 500;        // characters; the server's limits

function field(id, label, input) {
    return h('div', { class: 'field' }, h('label', { for: id }, label), input);
}

const WAIT_MS = 700, WAITS = 40;

// The list is of an atlas: what was decided shows in the next one, which the server makes by itself within seconds.
async function nextAtlas(before) {
    for (let i = 0; i < WAITS; i++) {
        const { atlas } = await ask('api/v1/anomalies', { query: { limit: 1 }, fresh: true });
        if (atlas !== before) return;
        await new Promise((resolve) => { setTimeout(resolve, WAIT_MS); });
    }
}

// Runs a request of a form: its button waits, a failure stands under it.
async function run(box, work, done) {
    const button = box.querySelector('button[type=submit], button');
    button.disabled = true;
    box.querySelector('.notice')?.remove();
    try {
        const { atlas } = await ask('api/v1/anomalies', { query: { limit: 1 }, fresh: true });
        await work();
        box.append(h('p', { class: 'notice', role: 'status' }, t('allow_wait')));
        await nextAtlas(atlas);
        done();
    } catch (error) {
        box.querySelector('.notice')?.remove();
        button.disabled = false;
        box.append(h('p', { class: 'notice error', role: 'alert' }, icon('alert'), h('span', {}, explain(error))));
    }
}

function allowForm(row, done) {
    const id = `allow-${row.rank}`;
    const by = h('input', { class: 'text', id: `${id}-by`, type: 'text', required: true, maxlength: BY_MAX, value: recall('by'), autocomplete: 'name' });
    const reason = h('textarea', { class: 'text', id: `${id}-reason`, rows: 2, required: true, maxlength: REASON_MAX });
    const until = h('input', { class: 'text', id: `${id}-until`, type: 'date', min: row.value.from });
    const form = h('form', { class: 'ask', onsubmit: (event) => {
        event.preventDefault();
        remember('by', by.value.trim());
        run(form, () => ask('api/v1/anomalies/allowed', { post: { facility: row.id, behaviour: row.behaviour.key, by: by.value.trim(), reason: reason.value.trim(),
            ...(row.substance.cas ? { cas: row.substance.cas } : row.substance.reported_key && { reported_key: row.substance.reported_key }),
            ...(until.value && { until: until.value }) } }), () => {
            say(t('allow_done'));
            done();
        });
    } }, h('p', { class: 'hint' }, t('allow_hint')), field(`${id}-by`, t('review_by'), by), field(`${id}-reason`, t('allow_reason'), reason),
    field(`${id}-until`, t('allow_until'), until), h('button', { type: 'submit', class: 'btn main' }, t('allow_do')));
    return h('details', { class: 'allow', id }, h('summary', {}, t('allow')), form);
}

function allowed(row, done) {
    const { by, reason, at, until, id } = row.allowed;
    const box = h('div', { class: 'ask' }, h('p', {}, h('strong', {}, t('allowed')), h('span', { class: 'block' }, reason),
        h('span', { class: 'faint block' }, [by, day(at), until && t('allowed_until', { day: until })].filter(Boolean).join(' · '))),
    h('button', { type: 'button', class: 'btn', id: `disallow-${row.rank}`, onclick: () => run(box, async () => {
        await ask(`api/v1/anomalies/allowed/${id}`, { remove: true });
    }, () => {
        say(t('allow_undone'));
        done();
    }) }, t('allow_undo')));
    return box;
}

export function allowCell(row, done) {
    return row.allowed ? allowed(row, done) : allowForm(row, done);
}
