// The card of one record: a place, a zone, a sample, an incident …
import { ask } from './api.mjs';
import { h, icon } from './dom.mjs';
import { hasPlace, incidentButton } from './facility.mjs';
import { lonLat, time } from './format.mjs';
import { lang, pick, t, tOr } from './i18n.mjs';
import { fieldLabel, kinds } from './kinds.mjs';
import { layoutButton } from './overlay.mjs';
import { facts, phone, section } from './parts.mjs';

const NOT_SHOWN = ['texts', 'image_sha256', 'x', 'y', 'crs', 'name', 'name_en'];

function say(name, value) {
    if (Array.isArray(value)) return value.join(t('comma'));
    if (value === true || value === false) return value ? t('yes') : t('no');
    if (name === 'phone') return phone(String(value));
    return tOr(`word_${value}`, typeof value === 'object' ? JSON.stringify(value) : String(value));
}

function fieldRows(record, kind) {
    const order = (kind?.fields ?? []).map((field) => field.name);
    const place = (name) => (order.includes(name) ? order.indexOf(name) : order.length);
    return Object.entries(record.fields).filter(([name, value]) => !NOT_SHOWN.includes(name) && value !== null && value !== '')
        .sort(([a], [b]) => place(a) - place(b)).map(([name, value]) => [fieldLabel(kind, name), say(name, value)]);
}

function positionSection({ position, fields }) {
    const good = ['ok', 'none'].includes(position.check);
    return section(t('position'),
        position.check !== 'none' && h('p', { class: `notice ${good ? 'good' : 'warn'}` }, icon(good ? 'info' : 'alert'),
            h('span', {}, pick(position.check_text) || t('check_is', { text: position.check }))),
        facts([
            [t('lon_lat'), hasPlace(position) ? lonLat(position.lon, position.lat) : t('not_drawn')],
            [t('position_reported'), fields.crs ? `${fields.x}, ${fields.y} (${fields.crs})` : null],
        ]));
}

export async function recordCard(card, signal) {
    const [record, all] = await Promise.all([ask(`api/v1/records/${card.family}/${card.id}`, { signal }), kinds()]);
    const kind = all.kinds.find((item) => item.name === record.kind);
    const { source, position } = record;
    const other = lang() === 'en' ? record.name : record.name_en;
    const title = lang() === 'en' ? record.name_en || record.name : record.name;
    const point = hasPlace(position);
    return {
        first: h('span', { class: 'kind' }, pick(record.title)), title, place: point ? [position.lon, position.lat] : null,
        more: other && other !== title && h('p', { class: 'card-more' }, other),
        body: [
            card.family === 'layouts' && await layoutButton(card.id, signal),
            point && position.geometry === 'Point' && incidentButton({ lon: position.lon, lat: position.lat }),
            section(t('about'), facts([[t('county'), [record.county?.name, record.township?.name].filter(Boolean).join(' ')],
                ...fieldRows(record, kind)])),
            positionSection(record),
            section(t('sources'), h('p', {}, source.title || source.name, ' ', h('span', { class: 'faint' },
                [source.file, t('line_number', { n: source.line }), t('batch', { n: source.batch }),
                    t('imported', { time: time(source.imported_at) })].join(' · '))),
            h('p', { class: 'hint' }, t('atlas_number', { n: record.atlas }))),
        ],
    };
}
