// Companies in the combined priority order: domestic total, foreign total, Bayes risk, degree centrality; and which of them decided.
import { h } from './dom.mjs';
import { count, num } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { facilityLink, servedList } from './served_list.mjs';

let wish = { list: '' };

function rank(row) {
    return row.rank === row.rank_until ? count(row.rank) : t('from_to', { start: count(row.rank), end: count(row.rank_until) });
}

function columns(answer) {
    const printed = answer.printed.compared > 0;
    return [
        { head: t('priority_rank'), cell: rank },
        { head: t('priority_company'), cell: (row) => facilityLink(row.facility?.id ?? row.facility, row.company) },
        { head: t('priority_domestic'), num: true, cell: (row) => count(row.domestic_total) },
        { head: t('priority_foreign'), num: true, cell: (row) => count(row.foreign_total) },
        { head: t('priority_risk'), cell: (row) => (row.bayes_risk ? h('span', { class: `risk ${row.bayes_risk.key}` }, pick(row.bayes_risk)) : t('no_data')) },
        { head: t('priority_centrality'), num: true, cell: (row) => num(row.degree_centrality, 4) },
        { head: t('priority_decided'), cell: (row) => (row.decided_by ? pick(row.decided_by) : '–') },
        ...(printed ? [{ head: t('priority_printed'), num: true, cell: (row) => (row.printed_order === null ? '–'
            : h('span', { class: row.differs ? 'flag' : null }, count(row.printed_order))) }] : []),
    ];
}

export function priorityStart(keep) {
    const heading = h('h2'), form = h('div', { class: 'list-filters' });
    const choose = (answer) => form.replaceChildren(answer.lists.length > 1 ? h('div', { class: 'field' }, h('label', { for: 'priority-list' }, t('priority_list')),
        h('select', { id: 'priority-list', onchange: (event) => {
            wish = { list: event.target.value };
            keep(wish);
            list.load();
        } }, answer.lists.map(({ name, companies }) => h('option', { value: name, selected: name === answer.list }, `${name} (${count(companies)})`)))) : '');
    const list = servedList({
        id: 'priority', path: 'api/v1/priority', formats: ['csv', 'xlsx'], rows: (answer) => answer.companies, columns, title: () => t('checks_priority'),
        query: () => wish,
        head: (answer) => {
            choose(answer);
            return [h('p', { class: 'hint' }, pick(answer.rule)), !answer.lists.length && h('p', { class: 'notice' }, t('priority_none')),
                answer.printed.compared > 0 && h('p', {}, t('priority_agree', { agree: count(answer.printed.agree), n: count(answer.printed.compared) }))];
        },
    });
    const words = () => {
        heading.textContent = t('checks_priority');
        list.draw();
    };
    return {
        box: h('section', { class: 'sheet' }, heading, form, list.box),
        words,
        show(kept) {
            wish = { list: kept.list ?? '' };
            words();
            list.load();
        },
    };
}
