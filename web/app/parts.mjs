// Small pieces that several cards and lists use.
import { explain } from './api.mjs';
import { h, icon, svg } from './dom.mjs';
import { score } from './format.mjs';
import { t } from './i18n.mjs';
import { inkOn } from './ink.mjs';
import { onTilesets, tilesets } from './tilesets.mjs';

// The class of the facilities' legend that a score falls into; its no-data class for none.
export function classOf(value) {
    const legend = tilesets.facilities?.legend;
    if (!legend) return null;
    if (value === null || value === undefined) return legend.no_data;
    return [...legend.classes].reverse().find((item) => item.min === null || value >= item.min) ?? legend.classes[0];
}

// The colour is set by script: the content security policy forbids style attributes.
function paint(badge) {
    const { score: value } = badge.dataset;
    const item = classOf(value === undefined ? null : Number(value));
    if (!item) return;
    badge.style.backgroundColor = item.color;
    badge.style.color = inkOn(item.color);
}

export function scoreBadge(value) {
    const badge = h('span', { class: 'badge', 'data-score': value }, h('span', { class: 'unseen' }, `${t('score')} `), score(value));
    paint(badge);
    return badge;
}

// Badges drawn before the legend came get its colours when it comes.
export function partsStart() {
    onTilesets((layer) => {
        if (layer === 'facilities') document.querySelectorAll('.badge').forEach(paint);
    });
}

export function swatch(color) {
    const box = h('span', { class: 'swatch', 'aria-hidden': 'true' });
    box.style.backgroundColor = color;
    return box;
}

// An error in place of what should have been there, with its reason and, when it makes sense, another try. It stands alone: rows of
// an earlier question beside it would look as if they answered the one that failed. `name` gives ids: name-fault, name-again.
export function errorBox(error, again, name) {
    const id = (what) => name && `${name}-${what}`;
    return h('div', { class: 'notice error', role: 'alert', id: id('fault') }, icon('alert'),
        h('div', {}, h('strong', {}, t('cannot_load')), h('p', {}, explain(error)),
            again && h('button', { type: 'button', class: 'btn', id: id('again'), onclick: again }, t('try_again'))));
}

// Links to one list as files. name: prefix of the ids; href(format) → address.
export function fileLinks(name, formats, href) {
    return formats.map((format) => h('a', { class: 'btn', id: `${name}-${format}`, download: true, href: href(format) }, icon('save'),
        t('download_as', { format: format === 'geojson' ? 'GeoJSON' : format.toUpperCase() })));
}

export function loading() {
    return h('p', { class: 'loading', role: 'status' }, t('loading'));
}

export function section(title, ...children) {
    return h('section', { class: 'section' }, h('h3', {}, title), ...children);
}

// [[term, description]…] without the rows that have nothing to say.
export function facts(rows) {
    return h('dl', { class: 'facts' }, rows.filter(([, value]) => value !== null && value !== undefined && value !== '')
        .map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))));
}

// NFPA 704: health left and blue, flammability up and red, instability right and yellow, special below and white.
export function nfpaDiamond(nfpa) {
    if (!nfpa || [nfpa.health, nfpa.flammability, nfpa.instability].every((value) => value === null || value === undefined)) {
        return h('span', { class: 'faint' }, t('nfpa_none'));
    }
    const say = (value) => (value === null || value === undefined ? '?' : String(value));
    const cell = (kind, points, x, y, text) => [
        svg('polygon', { class: `nfpa-${kind}`, points }),
        svg('text', { class: `nfpa-text on-${kind}`, x, y }, text),
    ];
    const label = t('nfpa_label', {
        h: say(nfpa.health), f: say(nfpa.flammability), i: say(nfpa.instability), s: nfpa.special || t('none'),
    });
    return svg('svg', { class: 'nfpa', viewBox: '0 0 80 80', role: 'img', 'aria-label': label },
        cell('flammability', '40,2 59,21 40,40 21,21', 40, 21, say(nfpa.flammability)),
        cell('health', '21,21 40,40 21,59 2,40', 21, 40, say(nfpa.health)),
        cell('instability', '59,21 78,40 59,59 40,40', 59, 40, say(nfpa.instability)),
        cell('special', '40,40 59,59 40,78 21,59', 40, 59, nfpa.special ?? ''));
}

export function ghsBadges(codes) {
    if (!codes?.length) return h('span', { class: 'faint' }, t('ghs_none'));
    return h('ul', { class: 'ghs' }, codes.map((code) =>
        h('li', {}, h('b', {}, code), ' ', /^GHS0[1-9]$/.test(code) ? t(code.toLowerCase()) : '')));
}

// A telephone number that can be called; other text as it is.
export function phone(text) {
    return /^[+\d][\d\s#()-]{4,}$/.test(text ?? '') ? h('a', { class: 'phone', href: `tel:${text.replace(/[^+\d]/g, '')}` }, text) : text;
}
