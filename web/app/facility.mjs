// The card of one facility.
import { ask } from './api.mjs';
import { firstLine } from './danger.mjs';
import { h, icon } from './dom.mjs';
import { count, lonLat, time } from './format.mjs';
import { pick, t } from './i18n.mjs';
import { layoutSection } from './overlay.mjs';
import { facts, phone, section } from './parts.mjs';
import { radarChart } from './radar.mjs';
import { set, state } from './store.mjs';
import { substanceTable } from './substances.mjs';

const GOOD_CHECKS = ['ok'];

export function hasPlace(position) {
    return Number.isFinite(position?.lon) && Number.isFinite(position?.lat);
}

export function incidentButton(where) {
    return h('button', { type: 'button', class: 'btn danger big', onclick: () => set({ card: { kind: 'incident', ...where } }) },
        icon('alert'), t('incident_here'));
}

function positionSection(position) {
    const good = GOOD_CHECKS.includes(position.check);
    const drawn = hasPlace(position);
    const reported = position.reported;
    return section(t('position'),
        h('p', { class: `notice ${good ? 'good' : 'warn'}` }, icon(good ? 'info' : 'alert'),
            h('span', {}, pick(position.check_text) || t('check_is', { text: position.check }))),
        facts([
            [t('lon_lat'), drawn ? lonLat(position.lon, position.lat) : t('not_drawn')],
            [`TWD97 (${position.crs})`, drawn && Number.isFinite(position.x) ? `${position.x.toFixed(1)}, ${position.y.toFixed(1)}` : null],
            [t('position_method'), position.method],
            [t('position_accuracy'), Number.isFinite(position.accuracy_m) ? t('unit_m', { n: position.accuracy_m }) : t('no_data')],
            [t('position_reported'), reported ? `${reported.x}, ${reported.y} (${reported.crs})` : null],
        ]));
}

function aboutSection(facility) {
    return section(t('about'), facts([
        [t('address'), facility.address],
        [t('county'), [facility.county?.name, facility.township?.name].filter(Boolean).join(' ')],
        [t('operator'), facility.operator
            ? [facility.operator.name, facility.operator.business_no && t('business_no', { n: facility.operator.business_no })]
                .filter(Boolean).join(' · ') : t('no_data')],
        ...(facility.numbers ?? []).map((item) => [pick(item.label), item.number]),
        [t('phone'), phone(facility.phone)],
        [t('industry'), facility.industry],
        [t('industrial_park'), facility.industrial_park],
        [t('aliases'), (facility.aliases ?? []).join(t('comma'))],
    ]));
}

function sourcesSection(facility) {
    const rows = facility.sources ?? [];
    return section(t('sources'),
        rows.length ? h('ul', { class: 'plain' }, rows.map((row) => h('li', {}, row.title || row.name, ' ', h('span', { class: 'faint' },
            [row.batch && t('batch', { n: row.batch }), row.line && t('line_number', { n: row.line }),
                row.imported_at && t('imported', { time: time(row.imported_at) })].filter(Boolean).join(' · ')))))
            : h('p', { class: 'faint' }, t('no_data')),
        h('p', { class: 'hint' }, t('atlas_number', { n: facility.atlas })));
}

export async function facilityCard(card, signal) {
    const [facility, layouts] = await Promise.all([ask(`api/v1/facilities/${card.id}`, { query: state.radar, signal }), layoutSection(card.id, signal)]);
    const { position } = facility;
    const substances = facility.substances ?? [];
    const place = hasPlace(position) ? [position.lon, position.lat] : null;
    const cut = facility.holdings_total > facility.holdings_limit;
    return {
        first: firstLine(substances), title: facility.name, place,
        more: h('p', { class: 'card-more' }, [facility.numbers?.[0]?.number, facility.address].filter(Boolean).join(' · ')),
        body: [
            place ? incidentButton({ facility_id: facility.id }) : h('p', { class: 'notice warn' }, icon('alert'), t('no_place_no_zone')),
            section(t('radar'), radarChart(facility.radar)),
            section(t('substances_title', { n: count(substances.length) }), substanceTable(substances),
                cut && h('p', { class: 'notice' }, t('holdings_cut', { limit: count(facility.holdings_limit), n: count(facility.holdings_total) }))),
            layouts, positionSection(position), aboutSection(facility), sourcesSection(facility),
        ],
    };
}
