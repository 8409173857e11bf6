// The page's words in both languages: one table, one row a text. {name} stands for a value, {name|one|many} for a word that follows it.
import { TABLE } from './words.mjs';
import { on, state } from './store.mjs';

const COLUMNS = { zh: 0, en: 1 };
const DOCUMENT_LANG = { zh: 'zh-Hant-TW', en: 'en' };

export function lang() {
    return state.lang;
}

export function t(key, values = {}) {
    const row = TABLE[key];
    if (!row) throw new Error(`no text "${key}"`);
    return row[COLUMNS[state.lang]].replace(/\{(\w+)(?:\|([^|}]*)\|([^|}]*))?\}/g, (_, name, one, many) =>
        (one === undefined ? String(values[name] ?? '') : String(values[name]) === '1' ? one : many));
}

// A text for a word of the server's; words this page does not know are shown as they are.
export function tOr(key, fallback) {
    return Object.hasOwn(TABLE, key) ? t(key) : fallback;
}

// The name of a place: the English one on English pages, where there is one.
export function ownName(item) {
    return state.lang === 'en' && item.name_en || item.name;
}

// A server's { zh, en } in the chosen language; the other one if that is missing.
export function pick(text) {
    if (text === null || text === undefined) return '';
    return (state.lang === 'en' ? text.en || text.zh : text.zh || text.en) ?? '';
}

export function nameOf(item) {
    const names = [item.name_zh, item.name_en];
    if (state.lang === 'en') names.reverse();
    return names[0] || names[1] || item.reported_name || item.name || item.cas || t('unnamed');
}

// The name in the other language, to stand beside the first.
export function secondName(item) {
    const other = state.lang === 'en' ? item.name_zh : item.name_en;
    return other && other !== nameOf(item) ? other : '';
}

// MapLibre's own texts.
export function mapTexts() {
    return {
        'NavigationControl.ZoomIn': t('zoom_in'), 'NavigationControl.ZoomOut': t('zoom_out'), 'Map.Title': t('map_canvas'),
    };
}

// MapLibre reads its texts once, when the map is made; these stay on the page and follow the language.
function retitleMap() {
    for (const [selector, key] of [['.maplibregl-ctrl-zoom-in', 'zoom_in'], ['.maplibregl-ctrl-zoom-out', 'zoom_out'],
        ['.maplibregl-canvas', 'map_canvas']]) {
        const element = document.querySelector(selector);
        element?.setAttribute('aria-label', t(key));
        if (element?.title) element.title = t(key);
    }
}

export function langStart(words) {
    const apply = () => {
        document.documentElement.lang = DOCUMENT_LANG[state.lang];
        words();
        retitleMap();
    };
    on(['lang'], apply);
    apply();
}
