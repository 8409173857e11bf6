// Two saved runs side by side, or one and the data of now: who rose, who fell, who came and went, and why.
import { ask, explain, url } from './api.mjs';
import { h, icon, redraw } from './dom.mjs';
import { count, score } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { calm, newest } from './newest.mjs';
import { fileLinks } from './parts.mjs';
import { compareQuery } from './radar_answer.mjs';
import { on, set, state } from './store.mjs';
import { dataTable } from './table.mjs';

const LIMIT = 20, CALM_MS = 250, SMALL = 5e-4;
const GROUPS = ['rose', 'fell', 'new', 'gone', 'scored', 'unscored'], CAUSES = ['own', 'others', 'time', 'parameters'];
let answer = null, fault = '', asked = '';

function choice(id, title, options, now, changed) {
    return h('label', { class: 'field' }, h('span', {}, title), h('select', { id, onchange: (event) => changed(event.target.value) },
        options.map(([value, text]) => h('option', { value, selected: value === now }, text))));
}

const signed = (value) => `${value < 0 ? '−' : '+'}${score(Math.abs(value))}`;

// The parts of the difference, which add up to it, and the axes that moved.
function why(row) {
    const parts = CAUSES.filter((cause) => Math.abs(row.by?.[cause] ?? 0) >= SMALL)
        .map((cause) => h('li', {}, h('b', {}, signed(row.by[cause])), ` ${t(`cause_${cause}`)}`));
    const moved = (row.axes ?? []).filter((axis) => axis.moved_by?.length).map((axis) => h('li', {}, pick(axis.explain)));
    return parts.length || moved.length ? h('ul', { class: 'why-list' }, parts, moved) : '–';
}

const pair = (values, write) => (values ?? [null, null]).map((value) => (value === null || value === undefined ? '–' : write(value)));

function group(kind) {
    const rows = answer[kind] ?? [], total = answer.counts[kind];
    if (!total) return [];
    const title = t(`compare_${kind}`, { n: count(total) });
    return [h('h3', {}, title), dataTable(`compare-${kind}`, title, [
        { head: t('layer_facilities'), cell: (row) => h('button', { type: 'button', class: 'row-button', onclick: () => set({ of: 'facilities', chosen: String(row.id) }) },
            h('span', { class: 'row-name' }, row.name), h('span', { class: 'row-more' }, [row.county, row.township].filter(Boolean).join(' '))) },
        { head: t('compare_rank'), num: true, cell: (row) => pair(row.rank, count).join(' → ') },
        { head: t('score'), num: true, cell: (row) => pair(row.area, score).join(' → ') },
        { head: t('compare_change'), num: true, cell: (row) => (Number.isFinite(row.difference) ? signed(row.difference) : '–') },
        { head: t('compare_why'), cell: why }], rows),
    total > rows.length && h('p', { class: 'hint' }, t('compare_cut', { shown: count(rows.length), n: count(total) }))];
}

function summary() {
    const { counts, sum } = answer;
    const causes = CAUSES.filter((cause) => Math.abs(sum.by[cause]) >= SMALL).map((cause) => `${signed(sum.by[cause])} ${t(`cause_${cause}`)}`);
    return h('p', { class: 'notice', id: 'compare-summary' }, icon('info'), h('span', {}, t('compare_counts', { rose: count(counts.rose), fell: count(counts.fell), same: count(counts.same),
        fresh: count(counts.new), gone: count(counts.gone) }), ' ', t('compare_sum', { sum: signed(sum.difference) }), causes.length > 0 && [t('colon'), causes.join(t('comma'))]));
}

// Gives a function that draws anew, e.g. when the list of runs has changed.
export function compareView(box, runsNow) {
    function draw() {
        const runs = runsNow().map((run) => [String(run.id), run.name]);
        if (!runs.length) {
            box.replaceChildren();
            return;
        }
        const shown = answer && state.runFrom;
        redraw(box, h('h3', {}, t('compare_title')), h('div', { class: 'regions-choice' }, choice('run-from', t('run_from'), [['', t('compare_choose')], ...runs], state.runFrom,
            (runFrom) => set({ runFrom })), choice('run-to', t('run_to'), [['', t('run_now')], ['page', t('run_page')], ...runs], state.runTo, (runTo) => set({ runTo }))),
        fault && h('p', { class: 'notice error', role: 'alert', id: 'compare-fault' }, icon('alert'), h('span', {}, fault)),
        shown && [summary(), GROUPS.map(group), h('div', { class: 'buttons' }, fileLinks('compare', ['csv', 'xlsx'], (format) => url('api/v1/radar/runs/compare', { ...compareQuery(), format })))]);
    }
    const load = newest(async () => {
        const query = { ...compareQuery(), limit: LIMIT }, key = JSON.stringify([query, state.atlas]);
        if (!state.runFrom) [answer, fault, asked] = [null, '', ''];
        if (!state.runFrom || key === asked) return draw();
        asked = key;
        try {
            answer = await ask('api/v1/radar/runs/compare', { query });
            fault = '';
        } catch (error) {
            [fault, answer, asked] = [explain(error), null, ''];
        }
        return draw();
    });
    const later = calm(load, CALM_MS);
    on(['runFrom', 'runTo', 'county', 'atlas'], load);
    on(['radar'], () => { if (state.runTo === 'page') later(); });
    load();
    return draw;
}
