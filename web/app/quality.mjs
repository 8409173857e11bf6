// The page of data quality: what came in and what was kept aside, what was linked, where positions are doubtful, what is overdue.
import { ask, isAbort } from './api.mjs';
import { deskHash, deskKeep, deskQuery, deskStart } from './desk.mjs';
import { byId, h, redraw, say } from './dom.mjs';
import { count } from './format.mjs';
import { t } from './i18n.mjs';
import { kinds } from './kinds.mjs';
import { signals } from './newest.mjs';
import { errorBox, loading } from './parts.mjs';
import { countiesView } from './quality_counties.mjs';
import { linksView } from './quality_links.mjs';
import { overdueForm, overdueView, positionsView } from './quality_positions.mjs';
import { batchesView, sourcesView } from './quality_sources.mjs';
import { on } from './store.mjs';
import { percent } from './table.mjs';

let answer = null, fault = null, batchesOpen = false;
const next = signals();
let question = {};          // today, overdue_days as the address has them; without, the server's own

function sum(rows, name) {
    return rows.reduce((total, row) => total + row[name], 0);
}

function share(part, whole) {
    return whole ? part / whole : null;
}

function figure(id, label, value, more) {
    return h('div', { class: 'figure', id }, h('dt', {}, label), h('dd', {}, h('strong', {}, value), h('span', { class: 'hint block' }, more)));
}

function summary() {
    const { sources, holdings, facilities: all, positions, overdue } = answer;
    const [rows, rejected] = [sum(sources, 'rows_in'), sum(sources, 'rejected')];
    const places = positions.find((item) => item.kind === 'facilities') ?? { rows: 0, drawn: 0 };
    const [declared, late] = [sum(overdue.declarations, 'facilities'), sum(overdue.declarations, 'overdue')];
    const of = (part, whole) => t('quality_of', { part: count(part), whole: count(whole) });
    return h('section', { class: 'sheet', id: 'summary' }, h('h2', {}, t('quality_summary')), h('dl', { class: 'figures' },
        figure('figure-usable', t('quality_usable'), percent(share(rows - rejected, rows)), of(rows - rejected, rows)),
        figure('figure-holdings', t('quality_merged_holdings'), percent(share(sum(holdings, 'linked'), sum(holdings, 'holdings'))),
            of(sum(holdings, 'linked'), sum(holdings, 'holdings'))),
        figure('figure-facilities', t('quality_merged_facilities'), percent(share(all.in_several_sources, all.in_a_register)), of(all.in_several_sources, all.in_a_register)),
        figure('figure-drawn', t('quality_drawn'), percent(share(places.drawn, places.rows)), of(places.drawn, places.rows)),
        figure('figure-overdue', t('quality_late_facilities'), percent(share(late, declared)), of(late, declared))),
    h('p', { class: 'faint' }, t('quality_as_of', { day: answer.today, n: count(answer.atlas) })));
}

function emptyView() {
    return h('section', { class: 'sheet', id: 'no-data' }, h('h2', {}, t('sources_none')), h('p', {}, t('quality_empty')),
        h('p', {}, h('a', { class: 'btn main', href: `imports.html${deskHash()}` }, t('desk_imports'))));
}

// A day that cannot be asked for can be changed where it failed.
function faultViews() {
    return [errorBox(fault, () => load(question), 'quality'),
        Object.keys(question).length > 0 && h('section', { class: 'sheet' }, h('h2', {}, t('quality_overdue')), overdueForm(question, change))];
}

function views() {
    if (fault) return faultViews();
    if (!answer) return loading();
    if (!answer.sources.length && !answer.batches.length) return emptyView();
    return [summary(), sourcesView(answer), batchesView(answer, batchesOpen, (open) => { batchesOpen = open; }), linksView(answer),
        positionsView(answer), overdueView(answer, change), countiesView(answer)];
}

function draw() {
    redraw(byId('quality'), views());
}

// False where another day was asked for meanwhile.
async function load(wanted) {
    const signal = next();
    question = wanted;
    try {
        await kinds();
        answer = await ask('api/v1/quality', { query: wanted, signal, fresh: true });
        fault = null;
        deskKeep(question);
    } catch (error) {
        if (isAbort(error)) return false;
        [answer, fault] = [null, error];
    }
    draw();
    return true;
}

// Another day: the same page anew.
async function change(wanted) {
    if (await load(wanted) && answer) say(t('quality_as_of', { day: answer.today, n: count(answer.atlas) }));
}

function fromAddress() {
    const query = deskQuery();
    return Object.fromEntries(['today', 'overdue_days'].filter((name) => query.get(name)).map((name) => [name, query.get(name)]));
}

deskStart('quality');
on(['lang'], draw);
addEventListener('hashchange', () => load(fromAddress()));
draw();
load(fromAddress());
