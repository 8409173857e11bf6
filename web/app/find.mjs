// Finds facilities, substances and places by what a person types, as options of a combobox.
import { ask } from './api.mjs';
import { h, icon } from './dom.mjs';
import { count, lonLat } from './format.mjs';
import { nameOf, secondName, t } from './i18n.mjs';
import { scoreBadge } from './parts.mjs';
import { state } from './store.mjs';

const LIMIT = 20;

function facilityParts(item) {
    return [icon('plant'), h('span', { class: 'option-text' },
        h('span', { class: 'option-name' }, item.name),
        h('span', { class: 'option-more' }, [item.number, item.address].filter(Boolean).join(' · '),
            item.lon === null ? h('em', {}, ` ${t('not_drawn')}`) : null)), scoreBadge(item.score)];
}

export function substanceParts(item) {
    const codes = [item.cas && `CAS ${item.cas}`, item.un && `UN ${item.un}`].filter(Boolean);
    return [icon('flask'), h('span', { class: 'option-text' },
        h('span', { class: 'option-name' }, nameOf(item), ' ', h('small', {}, secondName(item))),
        h('span', { class: 'option-more' }, [...codes, t('used_by', { n: count(item.facilities) })].join(' · ')))];
}

function placeParts(item) {
    return [icon('pin'), h('span', { class: 'option-text' },
        h('span', { class: 'option-name' }, t('place')),
        h('span', { class: 'option-more' }, [item.name ?? lonLat(item.lon, item.lat), item.crs].filter(Boolean).join(' · ')))];
}

const PARTS = { facility: facilityParts, substance: substanceParts, place: placeParts };

// only: a type to keep, for forms that want a substance.
export async function find(text, signal, only) {
    const answer = await ask('api/v1/search', { query: { q: text, limit: LIMIT, ...state.radar }, signal });
    const found = answer.results.filter((item) => (only ? item.type === only : PARTS[item.type]));
    return {
        options: found.map((item) => ({ value: item, parts: PARTS[item.type](item) })),
        note: answer.truncated ? t('search_truncated', { n: answer.limit }) : '',
    };
}
