// Numbers, dates, quantities and places as text. A missing value is said to be missing, never shown as 0.
import { lang, t } from './i18n.mjs';

const KG_PER_T = 1000;

export function num(value, digits = 3) {
    if (value === null || value === undefined || !Number.isFinite(value)) return t('no_data');
    return new Intl.NumberFormat(lang() === 'zh' ? 'zh-TW' : 'en', { maximumSignificantDigits: digits }).format(value);
}

export function count(value) {
    if (value === null || value === undefined) return t('no_data');
    return new Intl.NumberFormat(lang() === 'zh' ? 'zh-TW' : 'en').format(value);
}

export function score(value) {
    if (value === null || value === undefined) return t('no_data');
    return new Intl.NumberFormat(lang() === 'zh' ? 'zh-TW' : 'en', { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(value);
}

// kg in; t from 1000 kg on, g below 1 kg.
export function quantity(kg) {
    if (kg === null || kg === undefined) return t('no_data');
    if (kg >= KG_PER_T) return t('unit_t', { n: num(kg / KG_PER_T, 4) });
    if (kg > 0 && kg < 1) return t('unit_g', { n: num(kg * 1000, 3) });
    return t('unit_kg', { n: num(kg, 4) });
}

export function bytes(value) {
    if (value >= 1e6) return `${num(value / 1e6, 3)} MB`;
    return value >= 1e3 ? `${num(value / 1e3, 3)} kB` : t('unit_bytes', { n: count(value) });
}

export function metres(value) {
    if (value === null || value === undefined) return t('no_data');
    if (value >= 1000) return t('unit_km', { n: num(value / 1000, 3) });
    return t('unit_m', { n: num(Math.round(value), 3) });
}

export function day(iso) {
    return iso ? iso.slice(0, 10) : t('no_date');
}

export function period(value) {
    if (!value || !value.start && !value.end) return t('no_date');
    const [start, end] = [value.start?.slice(0, 10), value.end?.slice(0, 10)];
    return start && end && start !== end ? t('from_to', { start, end }) : end ?? start;
}

// Date and time in Taiwan, whatever the device is set to.
export function time(iso) {
    const parts = new Intl.DateTimeFormat('sv-SE', {
        timeZone: 'Asia/Taipei', dateStyle: 'short', timeStyle: 'short',
    });
    return parts.format(new Date(iso));
}

export function age(seconds) {
    if (seconds < 90) return t('age_seconds', { n: Math.round(seconds) });
    if (seconds < 5400) return t('age_minutes', { n: Math.round(seconds / 60) });
    return t('age_hours', { n: Math.round(seconds / 3600) });
}

export function lonLat(lon, lat) {
    return `${lat.toFixed(5)}, ${lon.toFixed(5)}`;
}

const POINTS = ['n', 'nne', 'ne', 'ene', 'e', 'ese', 'se', 'sse', 's', 'ssw', 'sw', 'wsw', 'w', 'wnw', 'nw', 'nnw'];

export function compassPoints() {
    return POINTS.map((key, index) => ({ degrees: index * 22.5, name: t(`wind_${key}`) }));
}

export function compassName(degrees) {
    return t(`wind_${POINTS[Math.round(degrees / 22.5) % 16]}`);
}
