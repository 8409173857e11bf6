// The form of an incident: where, what, how much, when, which wind. Sends it and hands over to the packet.
import { ask, explain } from './api.mjs';
import { isCas } from './cas.mjs';
import { combobox } from './combobox.mjs';
import { compass } from './compass.mjs';
import { h, icon, say } from './dom.mjs';
import { lonLat } from './format.mjs';
import { nameOf, t } from './i18n.mjs';
import { takePacket } from './packet.mjs';
import { find } from './find.mjs';

const SPEED_LIMIT = 75, NOTE_LIMIT = 200;
let sent = 0;                   // incidents; the packet of the last one is shown

function choices(name, title, options, chosen) {
    return h('fieldset', { class: 'choices' }, h('legend', {}, title), h('div', { class: 'choice-row' }, options.map(([value, text]) =>
        h('label', { class: 'choice' }, h('input', { type: 'radio', name, value, checked: value === chosen }), h('span', {}, text)))));
}

// A facility's own substances as a list, and a box for any other.
function substanceFields(substances, chosen) {
    const other = h('input', { type: 'text', id: 'incident-cas', class: 'text', value: substances.some((s) => s.cas === chosen) ? '' : chosen ?? '' });
    const popup = h('div', { class: 'popup inline', hidden: true });
    combobox(other, popup, {
        find: (text, signal) => find(text, signal, 'substance'),
        chosen: (item) => { other.value = item.cas; },
    });
    const known = substances.filter((item) => item.cas);
    const select = known.length ? h('select', { id: 'incident-substance' },
        h('option', { value: '' }, t('substance_unknown')),
        known.map((item) => h('option', { value: item.cas, selected: item.cas === chosen }, `${nameOf(item)} · ${item.cas}`))) : null;
    const box = h('div', {},
        select && h('label', { class: 'field' }, h('span', {}, t('substance_here')), select),
        h('label', { class: 'field', for: 'incident-cas' }, h('span', {}, select ? t('substance_other') : t('substance_any'))),
        h('div', { class: 'popup-host' }, other, popup));
    return { box, value: () => other.value.trim() || select?.value || '' };
}

function numberField(id, title, max, value) {
    const input = h('input', { type: 'number', id, class: 'text', min: 0, max, step: 'any', inputmode: 'decimal', value: value ?? '' });
    return { input, box: h('label', { class: 'field' }, h('span', {}, title), input) };
}

function wind(before) {
    const from = numberField('wind-from', t('wind_from'), 360, before.wind_from_deg);
    const speed = numberField('wind-speed', t('wind_speed'), SPEED_LIMIT, before.wind_speed_ms);
    const rose = compass(from.input);
    return { from: from.input, speed: speed.input,
        box: h('fieldset', { class: 'wind' }, h('legend', {}, t('wind')), rose, h('div', { class: 'pair' }, from.box, speed.box)) };
}

// The request, or the words that say what is wrong with the form.
function request(card, form, parts) {
    const body = card.facility_id ? { facility_id: card.facility_id } : { lon: card.lon, lat: card.lat };
    const substance = parts.substance.value();
    if (substance && !isCas(substance)) return { wrong: t('wrong_cas', { text: substance }), at: 'incident-cas' };
    for (const [key, input] of [['wind_from_deg', parts.wind.from], ['wind_speed_ms', parts.wind.speed]]) {
        if (input.value === '' && !input.validity.badInput) continue;
        if (!input.validity.valid) return { wrong: t('wrong_number', { low: 0, high: input.max }), at: input.id };
        body[key] = Number(input.value);
    }
    if (substance) body.substance = substance;
    const data = new FormData(form);
    body.spill = data.get('spill');
    if (data.get('time')) body.time = data.get('time');
    if (data.get('water')) body.on_water = data.get('water') === 'yes';
    const note = parts.note.value.trim();
    if (note) body.note = note;
    return { body };
}

function build(card, facility) {
    const before = card.before ?? {};
    const parts = {
        substance: substanceFields(facility?.substances ?? [], before.substance),
        wind: wind(before),
        note: h('input', { type: 'text', class: 'text', maxlength: NOTE_LIMIT, value: before.note ?? '' }),
    };
    const errors = h('div', { class: 'form-error', role: 'alert' });
    const send = h('button', { type: 'submit', class: 'btn danger big' }, icon('alert'), t('make_packet'));
    const water = before.on_water === true ? 'yes' : before.on_water === false ? 'no' : '';
    const form = h('form', { class: 'incident', novalidate: true },
        parts.substance.box,
        choices('spill', t('spill'), [['large', t('spill_large')], ['small', t('spill_small')]], before.spill ?? 'large'),
        choices('time', t('time'), [['', t('time_now')], ['day', t('time_day')], ['night', t('time_night')]], before.time ?? ''),
        choices('water', t('on_water'), [['', t('unknown')], ['no', t('on_land')], ['yes', t('in_water')]], water),
        parts.wind.box,
        h('label', { class: 'field' }, h('span', {}, t('note')), parts.note),
        errors, h('div', { class: 'form-foot' }, send, h('p', { class: 'hint' }, t('incident_hint'))));
    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        const { body, wrong, at } = request(card, form, parts);
        if (wrong) {
            errors.replaceChildren(h('p', { class: 'notice error' }, icon('alert'), wrong));
            form.querySelector(`#${at}`).focus();
            return;
        }
        errors.replaceChildren();
        send.disabled = true;
        const mine = sent += 1;
        say(t('making_packet'));
        try {
            const packet = await ask('api/v1/packets', { post: body });
            if (mine === sent) takePacket(packet);
        } catch (error) {
            errors.replaceChildren(h('p', { class: 'notice error' }, icon('alert'), explain(error)));
            send.disabled = false;
        }
    });
    return form;
}

export async function incidentCard(card, signal) {
    const facility = card.facility_id ? await ask(`api/v1/facilities/${card.facility_id}`, { signal }) : null;
    const place = facility ? [facility.position.lon, facility.position.lat] : [card.lon, card.lat];
    return {
        title: facility?.name ?? lonLat(card.lon, card.lat), place,
        more: h('p', { class: 'card-more' }, facility ? facility.address : t('incident_at_place')),
        body: build(card, facility),
    };
}
