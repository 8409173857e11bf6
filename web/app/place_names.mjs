// Counties and townships by code, and the industries, as lists can be narrowed to them; names in the page's language.
import { ask } from './api.mjs';
import { count } from './format.mjs';
import { ownName, t } from './i18n.mjs';

export const places = { counties: [], townships: [], industries: [] };
const byCode = new Map();

async function load(...kinds) {
    const answers = await Promise.all(kinds.map((kind) => ask(`api/v1/${kind}`)));
    kinds.forEach((kind, at) => { places[kind] = answers[at][kind]; });
    for (const item of [...places.counties, ...places.townships]) byCode.set(item.code, item);
}

export const loadCounties = () => load('counties');
export const loadPlaces = () => load('counties', 'townships', 'industries');

// A code's name; the code itself where there is none.
export function placeName(code) {
    return byCode.has(code) ? ownName(byCode.get(code)) : code ?? '';
}

// "高雄市 前鎮區"
export function placeNames(county, township) {
    return [county, township].filter(Boolean).map(placeName).join(' ');
}

export function placeWithCount(item) {
    return `${ownName(item)}${t('in_brackets', { text: count(item.facilities) })}`;
}

// [code, name] of all counties, for a field that offers them.
export function countyChoices() {
    return places.counties.map((county) => [county.code, ownName(county)]);
}
