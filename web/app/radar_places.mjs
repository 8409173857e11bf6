// Counties and townships by code, and the industries, as the lists can be narrowed to them.
import { ask } from './api.mjs';
import { count } from './format.mjs';
import { lang, t } from './i18n.mjs';

export const places = { counties: [], townships: [], industries: [] };
const byCode = new Map();

export async function loadPlaces() {
    const [{ counties }, { townships }, { industries }] = await Promise.all(['counties', 'townships', 'industries'].map((what) => ask(`api/v1/${what}`)));
    Object.assign(places, { counties, townships, industries });
    byCode.clear();
    for (const item of [...counties, ...townships]) byCode.set(item.code, item);
}

const nameOfPlace = (item) => lang() === 'en' && item.name_en || item.name;

// A code's name; the code itself where there is none.
export function placeName(code) {
    const item = byCode.get(code);
    return item ? nameOfPlace(item) : code ?? '';
}

// "高雄市 前鎮區"
export function placeNames(county, township) {
    return [county, township].filter(Boolean).map(placeName).join(' ');
}

export function placeWithCount(item) {
    return `${nameOfPlace(item)}${t('in_brackets', { text: count(item.facilities) })}`;
}
