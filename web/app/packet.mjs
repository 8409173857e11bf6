// The response packet: kept, drawn on the map, and its card.
import { ask, explain, url } from './api.mjs';
import { line } from './danger.mjs';
import { h, icon, say, svg } from './dom.mjs';
import { compassName, count, lonLat, metres, num, time } from './format.mjs';
import { nameOf, pick, t, tOr } from './i18n.mjs';
import { facilityButton } from './list.mjs';
import { fitBox, setData } from './map.mjs';
import { facts, phone, section } from './parts.mjs';
import { on, set, state } from './store.mjs';
import { substanceTable } from './substances.mjs';

const packets = new Map();
const LEVELS = { danger: ['danger', 'alert'], warning: ['warning', 'alert'], info: ['info', 'info'] };

async function packetOf(id, signal) {
    if (!packets.has(id)) packets.set(id, await ask(`api/v1/packets/${encodeURIComponent(id)}.json`, { signal }));
    return packets.get(id);
}

function feature(geometry, properties) {
    return { type: 'Feature', geometry, properties };
}

const pointOf = (item) => ({ type: 'Point', coordinates: [item.lon, item.lat] });

function features(packet) {
    const { incident, zones, inside } = packet;
    const windy = incident.wind_from_deg !== null && incident.wind_from_deg !== undefined;
    return [
        zones.protective_action && feature(zones.protective_action, { kind: 'protective_action' }),
        zones.isolation && feature(zones.isolation, { kind: 'isolation' }),
        ...inside.filter((item) => item.lon !== null && !item.incident).map((item) => feature(pointOf(item), { kind: 'facility', zone: item.zone })),
        feature(pointOf(incident), { kind: 'incident', ...(windy && { wind_to: (incident.wind_from_deg + 180) % 360 }) }),
    ].filter(Boolean);
}

function boxOf(packet) {
    const all = [packet.zones.isolation, packet.zones.protective_action].filter(Boolean)
        .flatMap((geometry) => geometry.coordinates.flat(geometry.type === 'MultiPolygon' ? 2 : 1));
    const lons = all.map(([lon]) => lon), lats = all.map(([, lat]) => lat);
    return [Math.min(...lons), Math.min(...lats), Math.max(...lons), Math.max(...lats)];
}

// A packet just made: shown, and brought into view.
export function takePacket(packet) {
    packets.set(packet.id, packet);
    set({ packet: packet.id, card: { kind: 'packet' } });
    fitBox(boxOf(packet), 16);
}

async function draw() {
    const id = state.packet;
    if (!id) {
        setData('packet', null);
        return;
    }
    try {
        const packet = await packetOf(id);
        if (state.packet === id) setData('packet', { type: 'FeatureCollection', features: features(packet) });
    } catch (error) {
        say(explain(error));
        if (state.packet === id && state.card?.kind !== 'packet') set({ card: { kind: 'packet' } });
    }
}

export function packetStart() {
    on(['packet'], draw);
    draw();
}

function warningLine(warning) {
    const [level, picture] = LEVELS[warning.severity] ?? LEVELS.info;
    return line(level, picture, pick(warning), '');
}

function distanceBox(kind, value, atLeast) {
    return h('div', { class: `distance ${kind}` }, h('span', { class: 'distance-name' }, t(`zone_${kind}`)),
        h('strong', {}, value === null || value === undefined ? t('zone_none') : `${atLeast ? '≥ ' : ''}${metres(value)}`),
        h('span', { class: 'distance-how' }, t(`zone_${kind}_how`)));
}

// The two distances in the head of the card, where they stay while the rest scrolls.
function distancePills({ distances }) {
    const pill = (kind, value, sign) => value !== null && value !== undefined
        && h('span', { class: `pill ${kind}` }, t(`zone_${kind}`), ' ', h('b', {}, `${sign}${metres(value)}`));
    return h('p', { class: 'pills' }, pill('isolation', distances.isolation_m, ''),
        pill('protective', distances.downwind_m, distances.at_least ? '≥ ' : ''));
}

function distancesSection(packet) {
    const { distances } = packet;
    const edition = [distances.edition, distances.table && t('table_number', { n: distances.table }), tOr(`basis_${distances.basis}`, distances.basis)]
        .filter(Boolean).join(' · ');
    return section(t('distances'),
        h('div', { class: 'distances' }, distanceBox('isolation', distances.isolation_m, false),
            distanceBox('protective', distances.downwind_m, distances.at_least)),
        h('p', {}, pick(distances.text)),
        h('p', { class: 'basis' }, h('b', {}, t('basis')), ' ', edition),
        h('p', { class: 'notice warn' }, icon('info'), h('span', {}, pick(packet.planning_estimate))));
}

function windPicture(incident) {
    const degrees = incident.wind_from_deg;
    if (degrees === null || degrees === undefined) return h('p', { class: 'notice warn' }, icon('alert'), h('span', {}, t('wind_unknown_zone')));
    const arrow = svg('svg', { class: 'wind-picture', viewBox: '-50 -50 100 100', 'aria-hidden': 'true' },
        svg('circle', { class: 'needle-ring', r: 47 }), svg('text', { class: 'needle-north', y: -33 }, t('wind_n')),
        svg('g', { class: 'needle-arrow', transform: `rotate(${Number(degrees)})` },
            svg('path', { d: 'M0 30 -14 8 -5 11 -5 -26 5 -26 5 11 14 8z' })));
    const speed = incident.wind_speed_ms;
    return h('div', { class: 'wind-line' }, arrow, h('p', {},
        h('strong', {}, t('wind_from_is', { name: compassName(degrees), n: num(degrees, 4) })), h('br'),
        speed === null || speed === undefined ? t('wind_speed_none') : t('unit_ms', { n: num(speed, 3) })));
}

function assumedSection(packet) {
    const { incident } = packet;
    const water = incident.on_water === null || incident.on_water === undefined ? t('water_unknown')
        : incident.on_water ? t('in_water') : t('on_land');
    return section(t('assumed'), windPicture(incident), facts([
        [t('substance'), incident.substance ? `${nameOf(incident.substance)} · CAS ${incident.substance.cas}` : t('substance_unknown')],
        [t('spill'), t(`spill_${incident.spill}`)],
        [t('time'), incident.time ? t(`time_${incident.time}`) : t('unknown')],
        [t('on_water'), water],
        [t('place'), lonLat(incident.lon, incident.lat)],
        [t('phone'), phone(incident.facility?.phone)],
        [t('note'), incident.note],
        [t('made_at'), `${time(packet.created_at)} · ${t('atlas_number', { n: packet.atlas })}`],
    ]));
}

function actionsSection(actions) {
    if (!actions) return section(t('actions'), h('p', { class: 'notice warn' }, icon('alert'), h('span', {}, t('actions_none'))));
    return section(t('actions_guide', { n: actions.guide }),
        actions.title && h('p', {}, pick(actions.title)),
        actions.default && h('p', { class: 'notice warn' }, icon('alert'), h('span', {}, t('actions_default'))),
        actions.topics.map((topic, index) => h('details', { class: 'topic', open: index === 0 },
            h('summary', {}, pick(topic.title) || topic.topic), h('p', {}, pick(topic)))));
}

function insideSection(packet) {
    const total = packet.inside_total ?? packet.inside.length;
    return section(t('inside_title', { n: count(total) }),
        total > packet.inside.length && h('p', { class: 'notice' }, t('inside_cut', { shown: packet.inside.length, n: count(total) })),
        packet.inside.length ? h('ol', { class: 'rows' }, packet.inside.map((item) => h('li', { class: `zone-${item.zone}` },
            facilityButton(item, [item.incident && t('incident_facility'), t(item.zone === 'isolation' ? 'zone_isolation' : 'zone_protective'), metres(item.distance_m),
                t('n_substances', { n: count(item.substances) })].filter(Boolean).join(' · ')))))
            : h('p', { class: 'faint' }, t('inside_none')));
}

function links(packet) {
    const link = (ending, text, props) =>
        h('a', { class: 'btn', href: url(`api/v1/packets/${packet.id}.${ending}`), ...props }, icon('link'), text);
    return h('div', { class: 'links' },
        link('html', t('phone_page'), { target: '_blank', rel: 'noopener' }),
        link('geojson', 'GeoJSON', { download: `hazatlas-${packet.id}.geojson` }));
}

function again(packet) {
    const { incident } = packet;
    const where = incident.facility ? { facility_id: incident.facility.id } : { lon: incident.lon, lat: incident.lat };
    return h('button', { type: 'button', class: 'btn', onclick: () => set({ card: { kind: 'incident', ...where, before: {
        substance: incident.substance?.cas, spill: incident.spill, time: incident.time, on_water: incident.on_water,
        wind_from_deg: incident.wind_from_deg, wind_speed_ms: incident.wind_speed_ms, note: incident.note,
    } } }) }, t('change_incident'));
}

export async function packetCard(card, signal) {
    const packet = await packetOf(state.packet, signal);
    const [first, ...rest] = packet.warnings;
    return {
        first: first ? warningLine(first) : null, place: null,
        title: packet.incident.facility?.name ?? lonLat(packet.incident.lon, packet.incident.lat),
        more: [h('p', { class: 'card-more' }, [t('packet'), packet.incident.facility?.address].filter(Boolean).join(' · ')),
            distancePills(packet)],
        body: [
            rest.map(warningLine), distancesSection(packet), assumedSection(packet),
            h('div', { class: 'links' }, again(packet)), links(packet),
            actionsSection(packet.actions),
            section(t('substances_title', { n: count(packet.substances.length) }), substanceTable(packet.substances)),
            insideSection(packet),
        ],
    };
}
