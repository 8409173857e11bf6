// The heat at one place: its value with the unit, and the points that make it, each with its distance, weight and share.
import { ask, explain } from './api.mjs';
import { h, icon } from './dom.mjs';
import { count, metres, num, quantity } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { bar, percent } from './table.mjs';

const FIRST = 10, MOST = 500;   // contributors listed at first, and at most by the interface

export function heatTitle(by) {
    return by === 'concentration' ? t('heat_concentration_short') : t(`heat_${by}`);
}

// What one point weighs, in words; nothing where every point weighs 1.
function weightText({ by, unit }, { kind, weight }) {
    if (by === 'quantity') return quantity(weight);
    if (by === 'concentration') return `${num(weight, 4)} ${pick(unit)}`;
    if (by === 'count' && kind === 'cell') return t('weight_count', { n: count(weight) });
    return ['hazard', 'radar', 'intensity'].includes(by) ? t(`weight_${by}`, { n: num(weight, 4) }) : '';
}

function contributorName(item) {
    if (item.kind === 'facility') return item.name || t('unnamed');
    return t(`contributor_${item.kind}`, { id: item.id });
}

// The card that a contributor opens on the map; null for a cell of the public version.
export function contributorCard({ kind, id }) {
    if (kind === 'facility') return { kind, id };
    return kind === 'incident' || kind === 'sample' ? { kind: 'record', family: `${kind}s`, id } : null;
}

function row(heat, item, open) {
    const more = [t('away', { distance: metres(item.distance_m) }), weightText(heat, item)].filter(Boolean).join(' · ');
    return h('li', {}, open(item, [h('span', { class: 'row-text' }, h('span', { class: 'row-name' }, contributorName(item)), h('span', { class: 'row-more' }, more),
        bar(item.share)), h('strong', { class: 'share-text' }, percent(item.share))]));
}

function list(heat, open, all) {
    if (heat.tier === 'public') return h('p', { class: 'notice' }, icon('info'), h('span', {}, t('heat_cells', { n: count(heat.contributors) })));
    return [h('h4', {}, heat.by === 'concentration' ? t('contributors_mean') : t('contributors')),
        h('ol', { class: 'rows contributors' }, heat.contributors_listed.map((item) => row(heat, item, open))),
        heat.rest > 0 && h('div', { class: 'contributors-rest' }, h('p', { class: 'hint' }, t('contributors_rest', { n: count(heat.rest), share: percent(heat.rest_share) })),
            heat.contributors_listed.length < MOST && h('button', { type: 'button', class: 'btn', id: 'contributors-all', onclick: all }, t('contributors_all')))];
}

function value(heat) {
    return h('p', {}, h('strong', { class: 'big-number' }, num(heat.value, 4)), ` ${pick(heat.unit)}`,
        h('span', { class: 'hint block' }, t('heat_explain', { radius: metres(heat.radius_m), kernel: t(`kernel_${heat.kernel}`) })));
}

function view(heat, open, all) {
    if (!heat.contributors) return h('p', { class: 'notice' }, icon('info'), h('span', {}, t(`heat_none_${heat.tier ?? heat.by}`, { radius: metres(heat.radius_m) })));
    return [value(heat), list(heat, open, all)];
}

// query: the heat query; open(item, parts) → the element of a row. An element that fills itself.
export async function heatHere({ lon, lat, query, signal, open }) {
    const box = h('div', { class: 'heat-here' });
    const show = async (limit) => {
        try {
            const heat = await ask('api/v1/heat', { query: { lon, lat, ...query, limit }, signal });
            box.replaceChildren(...[view(heat, open, () => show(MOST).then(() => box.querySelectorAll('.contributors .row')[FIRST]?.focus()))].flat(3).filter(Boolean));
        } catch (error) {
            if (signal?.aborted) throw error;
            box.replaceChildren(h('p', { class: 'notice error', role: 'alert' }, explain(error)));
        }
    };
    await show(FIRST);
    return box;
}
