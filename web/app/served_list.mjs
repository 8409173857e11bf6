// A list that the server keeps: asked page by page with the filters of the moment, shown as a table, and offered as files.
import { ask, url } from './api.mjs';
import { h, redraw, say } from './dom.mjs';
import { t } from './i18n.mjs';
import { newest } from './newest.mjs';
import { pager, pageText } from './pager.mjs';
import { errorBox, fileLinks, loading } from './parts.mjs';
import { dataTable } from './table.mjs';

export const PAGE_ROWS = 50;

// about: { id, path, rows: answer → rows, title(), columns(answer), formats, query() → filters, more: what else rows of the page
// are asked with, head(answer) → elements over the table }.
export function servedList(about) {
    const box = h('div', { id: about.id, class: 'served' });
    let answer = null, fault = null, after = 0;

    const page = () => ({ after, rows: PAGE_ROWS, matched: answer.matched });
    const go = (to) => {
        after = to;
        load();
    };
    const files = () => h('div', { class: 'buttons' }, fileLinks(about.id, about.formats, (format) => url(about.path, { ...about.query(), format })));

    function table() {
        const rows = about.rows(answer);
        return rows.length ? [dataTable(`${about.id}-table`, about.title(), about.columns(answer), rows), pager(about.id, page(), go), files()]
            : h('p', { class: 'notice' }, t('list_none'));
    }

    function draw() {
        redraw(box, fault ? errorBox(fault, load) : answer ? [about.head(answer), table()] : loading());
    }

    const load = newest(async () => {
        try {
            answer = await ask(about.path, { query: { ...about.query(), ...about.more, limit: PAGE_ROWS, after: after || null }, fresh: true });
            fault = null;
        } catch (error) {
            [answer, fault] = [null, error];
        }
        draw();
        if (answer) say(pageText(page()));
    });
    return { box, draw, load: () => { after = 0; load(); } };
}

// A facility's name, which opens it on the map.
export function facilityLink(id, name) {
    return id ? h('a', { class: 'file-link', href: `./#card=facility:${id}` }, name || t('unnamed')) : name;
}
