// Two saved runs side by side, or one and the data of now: who rose, who fell, who came and went, and why.
import { ask, explain, url } from './api.mjs';
import { h, icon } from './dom.mjs';
import { count, score } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { newest } from './newest.mjs';
import { on, set, state } from './store.mjs';
import { dataTable } from './table.mjs';

const LIMIT = 50, NOW = 'now';
const GROUPS = ['rose', 'fell', 'fresh', 'gone'];
let answer = null, fault = '', asked = '';

const query = () => ({ from: state.runFrom, to: state.runTo || NOW, limit: LIMIT, county: state.county });

function choice(id, title, options, now, changed) {
    return h('label', { class: 'field' }, h('span', {}, title), h('select', { id, onchange: (event) => changed(event.target.value) },
        options.map(([value, text]) => h('option', { value, selected: value === now }, text))));
}

function group(kind) {
    const { rows = [], total = rows.length } = answer[kind] ?? {};
    const change = (row) => (row.before === null || row.after === null ? '–' : `${row.after >= row.before ? '+' : '−'}${Math.abs(row.after - row.before).toFixed(2)}`);
    return [h('h3', {}, t(`compare_${kind}`, { n: count(total) })), rows.length ? dataTable(`compare-${kind}`, t(`compare_${kind}`, { n: count(total) }), [
        { head: t('layer_facilities'), cell: (row) => row.name }, { head: t('compare_before'), num: true, cell: (row) => score(row.before) },
        { head: t('compare_after'), num: true, cell: (row) => score(row.after) }, { head: t('compare_change'), num: true, cell: change },
        { head: t('compare_why'), cell: (row) => h('ul', { class: 'why-list' }, (row.why ?? []).map((why) => h('li', {}, pick(why)))) }], rows) : h('p', {}, t('compare_none'))];
}

// Gives a function that draws anew, e.g. when the list of runs has changed.
export function compareView(box, runsNow) {
    function draw() {
        const runs = runsNow().map((run) => [String(run.id), run.name]);
        if (!runs.length) {
            box.replaceChildren();
            return;
        }
        const focused = box.contains(document.activeElement) ? document.activeElement.id : '';
        box.replaceChildren(...[h('div', { class: 'regions-choice' }, choice('run-from', t('run_from'), [['', t('compare_choose')], ...runs], state.runFrom,
            (runFrom) => set({ runFrom })), choice('run-to', t('run_to'), [['', t('run_now')], ...runs], state.runTo, (runTo) => set({ runTo }))),
        fault && h('p', { class: 'notice error', role: 'alert' }, icon('alert'), h('span', {}, fault)),
        answer && state.runFrom && [GROUPS.map(group), h('div', { class: 'buttons' }, h('a', { class: 'btn', id: 'compare-csv', download: true,
            href: url('api/v1/radar/runs/compare', { ...query(), limit: null, format: 'csv' }) }, icon('save'), t('download_as', { format: 'CSV' })))]].flat(Infinity).filter(Boolean));
        if (focused) document.getElementById(focused)?.focus();
    }
    const load = newest(async () => {
        const key = JSON.stringify([query(), state.atlas]);
        if (!state.runFrom || key === asked) return draw();
        asked = key;
        try {
            answer = await ask('api/v1/radar/runs/compare', { query: query() });
            fault = '';
        } catch (error) {
            [fault, answer, asked] = [explain(error), null, ''];
        }
        return draw();
    });
    on(['runFrom', 'runTo', 'county', 'atlas'], load);
    load();
    return draw;
}
