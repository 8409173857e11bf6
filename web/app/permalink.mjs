// The address holds the whole view: written to the hash on every change, read from it at start and when it changes.
import { FAMILY_IDS, RECORD_IDS } from './families.mjs';
import { heatFromAddress, heatToAddress } from './heat_choice.mjs';
import { radarFrom } from './radar_query.mjs';
import { on, set, state } from './store.mjs';

const LAYERS = ['facilities', 'heat', 'names', ...FAMILY_IDS];
const WRITE_DELAY_MS = 250;
const ID = /^[A-Za-z0-9_-]{1,64}$/;

let written = '';
let timer = 0;

function number(text, low, high) {
    const value = Number(text);
    return text !== null && text !== '' && Number.isFinite(value) && value >= low && value <= high ? value : null;
}

function viewOf(text) {
    const [zoom, lat, lon] = (text ?? '').split('/');
    const view = {
        zoom: number(zoom ?? null, 0, 22), lat: number(lat ?? null, -85, 85), lon: number(lon ?? null, -180, 180),
    };
    return Object.values(view).includes(null) ? null : view;
}

function cardOf(text, packet) {
    const [kind, a, b] = (text ?? '').split(':');
    if (kind === 'facility' && number(a ?? null, 1, Number.MAX_SAFE_INTEGER)) return { kind, id: Number(a) };
    if (kind === 'record' && RECORD_IDS.includes(a) && number(b ?? null, 1, Number.MAX_SAFE_INTEGER)) {
        return { kind, family: a, id: Number(b) };
    }
    const lon = number(a ?? null, -180, 180), lat = number(b ?? null, -85, 85);
    if (kind === 'place' && lon !== null && lat !== null) return { kind, lon, lat };
    if (kind === 'packet' && packet) return { kind };
    return null;
}

// Anything that cannot be understood is left as it is by default.
export function parse(hash) {
    const query = new URLSearchParams(hash.replace(/^#/, ''));
    const patch = {
        cas: /^\d{2,7}-\d\d-\d$/.test(query.get('cas') ?? '') ? query.get('cas') : null,
        county: ID.test(query.get('county') ?? '') ? query.get('county') : '',
        township: ID.test(query.get('township') ?? '') ? query.get('township') : '',
        industry: (query.get('industry') ?? '').slice(0, 200),
        minScore: number(query.get('min'), 0, 1e6) ?? 0,
        heat: heatFromAddress(query),
        radar: radarFrom(query),
        packet: ID.test(query.get('packet') ?? '') ? query.get('packet') : null,
        tab: query.get('tab') === 'list' ? 'list' : 'layers',
    };
    patch.overlays = (query.get('overlay') ?? '').split(',').filter((id) => /^[1-9]\d{0,15}$/.test(id)).map(Number);
    patch.card = cardOf(query.get('card'), patch.packet);
    const view = viewOf(query.get('map'));
    if (view) patch.view = view;
    if (query.has('layers')) {
        const shown = query.get('layers').split(',');
        patch.layers = Object.fromEntries(LAYERS.map((layer) => [layer, shown.includes(layer)]));
    }
    if (['zh', 'en'].includes(query.get('lang'))) patch.lang = query.get('lang');
    if (['day', 'night', 'auto'].includes(query.get('theme'))) patch.theme = query.get('theme');
    return patch;
}

function cardText(card) {
    if (card?.kind === 'facility') return `facility:${card.id}`;
    if (card?.kind === 'record') return `record:${card.family}:${card.id}`;
    if (card?.kind === 'place') return `place:${card.lon.toFixed(6)}:${card.lat.toFixed(6)}`;
    return card?.kind === 'packet' ? 'packet' : '';
}

export function format(from) {
    const { view } = from;
    const parts = [
        ['map', `${view.zoom.toFixed(2)}/${view.lat.toFixed(5)}/${view.lon.toFixed(5)}`],
        ['layers', LAYERS.filter((layer) => from.layers[layer]).join(',') || 'none'],
        ...(from.layers.heat ? heatToAddress(from.heat) : []),
        ['cas', from.cas],
        ['county', from.county],
        ['township', from.township],
        ['industry', from.industry],
        ['min', from.minScore || ''],
        ...Object.entries(from.radar),
        ['card', cardText(from.card)],
        ['overlay', from.overlays.join(',')],
        ['packet', from.packet],
        ['tab', from.tab === 'list' ? 'list' : ''],
        ['lang', from.lang],
        ['theme', from.theme === 'auto' ? '' : from.theme],
    ];
    return '#' + parts.filter(([, value]) => value).map(([key, value]) => `${key}=${encodeURI(value).replace(/[&+#]/g, encodeURIComponent)}`).join('&');
}

function write() {
    written = format(state);
    if (written !== location.hash) history.replaceState(null, '', written);
}

export function permalinkStart() {
    if (location.hash.length > 1) set(parse(location.hash));
    on(['view', 'layers', 'heat', 'cas', 'county', 'township', 'industry', 'minScore', 'radar', 'card', 'overlays', 'packet', 'tab', 'lang', 'theme'], () => {
        clearTimeout(timer);
        timer = setTimeout(write, WRITE_DELAY_MS);
    });
    addEventListener('hashchange', () => {
        // The skip link and the like are not views.
        if (location.hash !== written && /[=]/.test(location.hash)) set(parse(location.hash));
    });
}
