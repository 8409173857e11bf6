// Tables of figures and the bars that stand with shares.
import { h, svg } from './dom.mjs';
import { count } from './format.mjs';
import { lang, t } from './i18n.mjs';

const LEAST = 0.001;

// 0 to 1 as per cent with one decimal; what is not all is not rounded up to all, what is not nothing not down to nothing.
export function percent(share) {
    if (share === null || share === undefined) return t('no_data');
    const text = (value) => new Intl.NumberFormat(lang() === 'zh' ? 'zh-TW' : 'en', { style: 'percent', maximumFractionDigits: 1 }).format(value);
    if (share > 0 && share < LEAST) return `< ${text(LEAST)}`;
    if (share < 1 && share > 1 - LEAST) return `> ${text(1 - LEAST)}`;
    return text(share);
}

// The bar says again what the number beside it says; what is not nothing can be seen.
export function bar(share) {
    return svg('svg', { class: 'bar', viewBox: '0 0 100 10', preserveAspectRatio: 'none', 'aria-hidden': 'true', focusable: 'false' },
        svg('rect', { class: 'bar-all', width: 100, height: 10 }), share > 0 && svg('rect', { class: 'bar-part', width: Math.min(Math.max(share * 100, 2), 100), height: 10 }));
}

export function shareCell(share) {
    return h('span', { class: 'share' }, bar(share), h('span', { class: 'share-text' }, percent(share)));
}

function head(column, sort) {
    if (!column.key || !sort) return h('th', { scope: 'col', class: column.num ? 'num' : null }, column.head);
    const now = sort.by === column.key ? (sort.down ? 'descending' : 'ascending') : null;
    return h('th', { scope: 'col', class: column.num ? 'num' : null, 'aria-sort': now },
        h('button', { type: 'button', class: 'sort', 'data-sort': column.key, onclick: () => sort.take(column.key) }, column.head,
            h('span', { class: 'sort-mark', 'aria-hidden': 'true' }, now ? (sort.down ? '▼' : '▲') : '↕')));
}

function row(columns, item, tag) {
    return h('tr', {}, columns.map((column, index) => {
        const content = column.cell(item);
        return index === 0 ? h('th', { scope: 'row' }, content) : h(tag, { class: column.num ? 'num' : null }, content);
    }));
}

// columns: [{ head, cell: row → text or elements, num, key (makes it sortable) }]; sort: { by, down, take(key) }; total: a last row.
// A table wider than the screen scrolls in a box of its own.
export function dataTable(id, title, columns, rows, { sort, total } = {}) {
    return h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': title }, h('table', { id },
        h('caption', { class: 'unseen' }, title), h('thead', {}, h('tr', {}, columns.map((column) => head(column, sort)))),
        h('tbody', {}, rows.map((item) => row(columns, item, 'td'))), total && h('tfoot', {}, row(columns, total, 'td'))));
}

export function number(name, title, key) {
    return { head: title, num: true, key, cell: (item) => count(item[name]) };
}
