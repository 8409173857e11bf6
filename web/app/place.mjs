// Cards of a bare place (coordinates, and the heat there) and of a choice between facilities under one finger.
import { ask, explain } from './api.mjs';
import { h } from './dom.mjs';
import { count, lonLat, metres, num } from './format.mjs';
import { incidentButton } from './facility.mjs';
import { heatQuery } from './heat_choice.mjs';
import { pick, t } from './i18n.mjs';
import { facts, scoreBadge, section } from './parts.mjs';
import { set, state } from './store.mjs';
import { toTm2 } from './tm2.mjs';

async function heatAt(card, signal) {
    try {
        const heat = await ask('api/v1/heat', {
            query: { lon: card.lon, lat: card.lat, ...heatQuery() }, signal,
        });
        return h('p', {}, h('strong', { class: 'big-number' }, num(heat.value, 4)), ` ${heat.unit?.zh ? pick(heat.unit) : heat.unit}`,
            h('span', { class: 'hint block' }, t('heat_explain', { n: count(heat.contributors), radius: metres(heat.radius_m), kernel: heat.kernel })));
    } catch (error) {
        if (signal.aborted) throw error;
        return h('p', { class: 'notice error', role: 'alert' }, explain(error));
    }
}

export async function placeCard(card, signal) {
    const tm2 = toTm2(card.lon, card.lat);
    const heat = await heatAt(card, signal);
    return {
        title: lonLat(card.lon, card.lat), place: [card.lon, card.lat],
        body: [
            incidentButton({ lon: card.lon, lat: card.lat }),
            section(t('coordinates'), facts([
                [t('lon_lat'), lonLat(card.lon, card.lat)],
                [`TWD97 TM2 (${tm2.crs})`, `${Math.round(tm2.x)}, ${Math.round(tm2.y)}`],
            ])),
            section(t(`heat_${state.heat.by}`), heat),
        ],
    };
}

function pickRow(item) {
    const card = item.family ? { kind: 'record', family: item.family, id: item.id } : { kind: 'facility', id: item.id };
    return h('li', {}, h('button', { type: 'button', class: 'row', onclick: () => set({ card }) },
        h('span', { class: 'row-text' }, h('span', { class: 'row-name' }, item.name || t('unnamed')),
            h('span', { class: 'row-more' }, item.family ? t(`layer_${item.family}`) : t('n_substances', { n: count(item.substances) }))),
        !item.family && scoreBadge(item.score)));
}

export function pickCard(card) {
    return {
        title: t('pick_title', { n: card.items.length }), place: null,
        body: h('ol', { class: 'rows' }, card.items.map(pickRow)),
    };
}
