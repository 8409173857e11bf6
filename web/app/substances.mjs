// The table of a facility's (or packet's) substances: hazards, quantity with unit, its date and its source.
import { flags } from './danger.mjs';
import { h } from './dom.mjs';
import { period, quantity } from './format.mjs';
import { nameOf, pick, secondName, t } from './i18n.mjs';
import { ghsBadges, nfpaDiamond } from './parts.mjs';

const SHOWN_AT_FIRST = 12;

function row(item) {
    const codes = [item.cas ? `CAS ${item.cas}` : t('no_cas'), item.un && `UN ${item.un}`,
        item.erg_guide && t('guide_number', { n: item.erg_guide })].filter(Boolean);
    const reported = item.reported && item.reported !== quantity(item.quantity_kg) ? item.reported : '';
    return h('tr', {},
        h('td', { class: 'cell-nfpa' }, nfpaDiamond(item.nfpa)),
        h('td', {}, h('strong', { class: 'substance-name' }, nameOf(item)), h('span', { class: 'faint block' }, secondName(item)),
            h('span', { class: 'codes' }, codes.map((code) => h('span', {}, code))), h('span', { class: 'flags' }, flags(item)), ghsBadges(item.ghs_pictograms)),
        h('td', { class: 'cell-amount' }, h('strong', {}, quantity(item.quantity_kg)),
            reported && h('span', { class: 'faint block' }, t('reported_as', { text: reported })),
            item.behaviour && h('span', { class: 'block' }, pick(item.behaviour)),
            h('span', { class: 'faint block' }, period(item.period)),
            h('span', { class: 'faint block' }, t('source_is', { name: item.source ?? t('no_data') }))));
}

export function substanceTable(items) {
    if (!items.length) return h('p', { class: 'notice' }, t('substances_none'));
    const body = h('tbody', {}, items.slice(0, SHOWN_AT_FIRST).map(row));
    const rest = items.slice(SHOWN_AT_FIRST);
    const more = rest.length ? h('button', { type: 'button', class: 'btn wide-btn', onclick: () => {
        body.append(...rest.map(row));
        more.remove();
    } }, t('show_rest', { n: rest.length })) : null;
    return [h('table', { class: 'substances' },
        h('thead', {}, h('tr', {}, ['NFPA', t('substance'), t('amount_head')].map((text) => h('th', { scope: 'col' }, text)))),
        body), more];
}
