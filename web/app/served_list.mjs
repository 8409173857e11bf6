// A list that the server keeps: asked page by page with the filters of the moment, shown as a table, and offered as files.
import { ask, url } from './api.mjs';
import { h, icon, redraw, say } from './dom.mjs';
import { count } from './format.mjs';
import { t } from './i18n.mjs';
import { newest } from './newest.mjs';
import { errorBox, loading } from './parts.mjs';
import { dataTable } from './table.mjs';

export const PAGE_ROWS = 50;

// about: { id, path, rows: answer → rows, title(), columns(answer), formats, query() → filters, head(answer) → elements over the table }.
export function servedList(about) {
    const box = h('div', { id: about.id, class: 'served' });
    let answer = null, fault = null, after = 0;

    function go(id, text, to, off) {
        return h('button', { type: 'button', class: 'btn', id: `${about.id}-${id}`, disabled: off, onclick: () => {
            after = to;
            load();
        } }, text);
    }

    function range() {
        const { matched } = answer;
        return t('list_page', { start: count(Math.min(after + 1, matched)), end: count(Math.min(after + PAGE_ROWS, matched)), n: count(matched) });
    }

    const pager = () => h('div', { class: 'pager' }, go('before', t('page_before'), Math.max(0, after - PAGE_ROWS), after === 0),
        h('span', { id: `${about.id}-now` }, range()), go('next', t('page_next'), after + PAGE_ROWS, after + PAGE_ROWS >= answer.matched));

    const files = () => h('div', { class: 'buttons' }, about.formats.map((format) => h('a', { class: 'btn', id: `${about.id}-${format}`, download: true,
        href: url(about.path, { ...about.query(), format }) }, icon('save'), t('download_as', { format: format === 'geojson' ? 'GeoJSON' : format.toUpperCase() }))));

    function table() {
        const rows = about.rows(answer);
        return rows.length ? [dataTable(`${about.id}-table`, about.title(), about.columns(answer), rows), pager(), files()]
            : h('p', { class: 'notice' }, t('list_none'));
    }

    function draw() {
        redraw(box, fault ? errorBox(fault, load) : answer ? [about.head(answer), table()] : loading());
    }

    const load = newest(async () => {
        try {
            answer = await ask(about.path, { query: { ...about.query(), limit: PAGE_ROWS, after: after || null }, fresh: true });
            fault = null;
        } catch (error) {
            [answer, fault] = [null, error];
        }
        draw();
        if (answer) say(range());
    });
    return { box, draw, load: () => { after = 0; load(); } };
}

// A facility's name, which opens it on the map.
export function facilityLink(id, name) {
    return id ? h('a', { class: 'file-link', href: `./#card=facility:${id}` }, name || t('unnamed')) : name;
}
