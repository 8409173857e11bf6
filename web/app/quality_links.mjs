// What belongs together: holdings linked to substances, facilities linked across sources, each with the rules that linked them.
import { h, icon } from './dom.mjs';
import { deskHash } from './desk.mjs';
import { count } from './format.mjs';
import { pick, t, tOr } from './i18n.mjs';
import { dataTable, number, shareCell } from './table.mjs';

function rules(byRule) {
    const list = Object.entries(byRule).filter(([, rows]) => rows);
    return list.length ? h('ul', { class: 'why-not' }, list.map(([rule, rows]) => h('li', {}, `${count(rows)} × ${tOr(`link_${rule}`, rule)}`))) : '–';
}

const source = () => ({ head: t('import_source'), cell: (item) => item.title || item.source });

function holdings(answer) {
    return [h('h3', {}, t('quality_holdings')), answer.holdings.length ? dataTable('holdings-table', t('quality_holdings'), [source(),
        number('holdings', t('rows_all')), number('linked', t('quality_linked')), { head: t('quality_merged'), num: true, cell: (item) => shareCell(item.linked_share) },
        number('names', t('quality_names')), number('names_linked', t('quality_names_linked')),
        { head: t('quality_registered'), num: true, cell: (item) => shareCell(item.of_registered_facilities_share) }, number('in_kg', t('quality_in_kg')),
        { head: t('quality_rules'), cell: (item) => rules(item.by_rule) }], answer.holdings) : h('p', {}, t('quality_no_holdings'))];
}

function facilities({ facilities: all }) {
    return [h('h3', {}, t('quality_facilities')), h('p', {}, t('quality_facilities_all', { n: count(all.facilities), several: count(all.in_several_sources),
        register: count(all.in_a_register), only: count(all.from_holdings_only) })),
    all.sources.length ? dataTable('facilities-table', t('quality_facilities'), [source(), number('facilities', t('layer_facilities')),
        number('linked', t('quality_linked')), { head: t('quality_merged'), num: true, cell: (item) => shareCell(item.linked_share) },
        { head: t('quality_rules'), cell: (item) => rules(item.by_rule) }], all.sources) : h('p', {}, t('quality_no_facilities')),
    h('p', {}, h('a', { class: 'btn', id: 'to-review', href: `review.html${deskHash()}` }, icon('list'), t('quality_reviews', { n: count(all.open_reviews) })))];
}

export function linksView(answer) {
    return h('section', { class: 'sheet', id: 'links' }, h('h2', {}, t('quality_links')), h('p', { class: 'hint definition' }, pick(answer.definitions.linked_share)),
        holdings(answer), facilities(answer));
}
