// Day and night: one switch for the page (data-theme) and the map (palette).
import { on, state, tell } from './store.mjs';

const DARK = matchMedia('(prefers-color-scheme: dark)');

// Map colours that belong to no data layer; those come from the layers' own legends.
const PALETTES = {
    day: {
        sea: '#d3e2e8', land: '#f7f5f0', township: '#d3cfc6', county: '#8c8a86', text: '#3d4247', halo: '#fbfaf7',
        outline: '#2b1a12', name: '#1c2024', ring: '#005fa8', heatOpacity: 0.78,
    },
    night: {
        sea: '#0a1014', land: '#1b2229', township: '#313b44', county: '#5d6b77', text: '#c3ccd4', halo: '#12181d',
        outline: '#0b0d0f', name: '#e6ebef', ring: '#6cc4ff', heatOpacity: 0.7,
    },
};
export const HAZARD = { isolation: '#d0021b', protective: '#f57c00' };

export function themeNow() {
    if (state.theme === 'auto') return DARK.matches ? 'night' : 'day';
    return state.theme;
}

export function palette() {
    return PALETTES[themeNow()];
}

export function themeStart(changed) {
    const apply = () => {
        document.documentElement.dataset.theme = themeNow();
        changed();
    };
    DARK.addEventListener('change', () => tell(new Set(['theme'])));     // what follows the theme follows the device's, too
    on(['theme'], apply);
    document.documentElement.dataset.theme = themeNow();
}
