// Which rows of a long list are shown, and the buttons to those before and after them.
import { h } from './dom.mjs';
import { count } from './format.mjs';
import { t } from './i18n.mjs';

// page: { after: rows before the first shown, rows: at most on a page, matched: rows in all }
export function pageText({ after, rows, matched }) {
    return t('list_page', { start: count(Math.min(after + 1, matched)), end: count(Math.min(after + rows, matched)), n: count(matched) });
}

// name: prefix of the ids; go(after) shows another page; more: what else stands in the line.
export function pager(name, page, go, more) {
    const { after, rows, matched } = page;
    const button = (id, text, to, off) => h('button', { type: 'button', class: 'btn', id: `${name}-${id}`, disabled: off, onclick: () => go(to) }, text);
    return h('div', { class: 'pager' }, button('before', t('page_before'), Math.max(0, after - rows), after === 0),
        h('span', { id: `${name}-now` }, pageText(page)), button('next', t('page_next'), after + rows, after + rows >= matched), more);
}
