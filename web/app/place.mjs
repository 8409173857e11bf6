// Cards of a bare place (coordinates, and the heat there) and of a choice between facilities under one finger.
import { h } from './dom.mjs';
import { count, lonLat } from './format.mjs';
import { incidentButton } from './facility.mjs';
import { heatBy, heatQuery } from './heat_choice.mjs';
import { contributorCard, heatHere, heatTitle } from './heat_here.mjs';
import { t } from './i18n.mjs';
import { facts, scoreBadge, section } from './parts.mjs';
import { set } from './store.mjs';
import { toTm2 } from './tm2.mjs';

// A contributor opens its own card.
function contributor(item, parts) {
    const card = contributorCard(item);
    return card ? h('button', { type: 'button', class: 'row', onclick: () => set({ card }) }, parts) : h('div', { class: 'row' }, parts);
}

export async function placeCard(card, signal) {
    const tm2 = toTm2(card.lon, card.lat);
    const heat = await heatHere({ lon: card.lon, lat: card.lat, query: heatQuery(), signal, open: contributor });
    return {
        title: lonLat(card.lon, card.lat), place: [card.lon, card.lat],
        body: [
            incidentButton({ lon: card.lon, lat: card.lat }),
            section(heatTitle(heatBy()), heat),
            section(t('coordinates'), facts([
                [t('lon_lat'), lonLat(card.lon, card.lat)],
                [`TWD97 TM2 (${tm2.crs})`, `${Math.round(tm2.x)}, ${Math.round(tm2.y)}`],
            ])),
        ],
    };
}

function pickRow(item) {
    const card = item.family ? { kind: 'record', family: item.family, id: item.id } : { kind: 'facility', id: item.id };
    return h('li', {}, h('button', { type: 'button', class: 'row', onclick: () => set({ card }) },
        h('span', { class: 'row-text' }, h('span', { class: 'row-name' }, item.name || t('unnamed')),
            h('span', { class: 'row-more' }, item.family ? t(`layer_${item.family}`) : item.substances >= 0 && t('n_substances', { n: count(item.substances) }))),
        !item.family && scoreBadge(item.score)));
}

export function pickCard(card) {
    return {
        title: t('pick_title', { n: card.items.length }), place: null,
        body: h('ol', { class: 'rows' }, card.items.map(pickRow)),
    };
}
