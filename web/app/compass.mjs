// Sixteen buttons round a wind rose: one touch gives the direction the wind comes from; the number box stays for the rest.
import { h, svg } from './dom.mjs';
import { compassPoints } from './format.mjs';
import { t } from './i18n.mjs';

const RADIUS = 135, BUTTON = 44, SIZE = 2 * RADIUS + BUTTON;    // neighbours lie 52 px apart: 44 and a gap of 8

// The arrow flies with the wind: from its button towards the middle and on.
function needle() {
    return svg('svg', { class: 'needle', viewBox: '-50 -50 100 100', 'aria-hidden': 'true' },
        svg('circle', { class: 'needle-ring', r: 46 }),
        svg('g', { class: 'needle-arrow' }, svg('path', { d: 'M0 36 -15 12 -5 15 -5 -36 5 -36 5 15 15 12z' })));
}

export function compass(input) {
    const picture = needle();
    const words = h('span', { class: 'needle-text' });
    const buttons = compassPoints().map(({ degrees, name }) => {
        const button = h('button', { type: 'button', class: 'point', 'aria-pressed': 'false', 'aria-label': t('wind_from_is', { name, n: degrees }),
            onclick: () => {
                input.value = input.value !== '' && Number(input.value) === degrees ? '' : degrees;
                show();
            } }, name);
        const angle = degrees * Math.PI / 180;
        button.style.left = `${RADIUS + RADIUS * Math.sin(angle)}px`;
        button.style.top = `${RADIUS - RADIUS * Math.cos(angle)}px`;
        if (degrees % 90 === 0) button.classList.add('main');
        return { button, degrees };
    });
    const box = h('div', { class: 'compass', role: 'group', 'aria-label': t('wind_from') }, picture, words,
        buttons.map(({ button }) => button));
    box.style.width = box.style.height = `${SIZE}px`;

    function show() {
        const known = input.value !== '' && input.validity.valid;
        const value = Number(input.value);
        for (const { button, degrees } of buttons) {
            button.setAttribute('aria-pressed', String(known && value % 360 === degrees));
        }
        picture.classList.toggle('off', !known);
        picture.querySelector('.needle-arrow').style.transform = known ? `rotate(${value}deg)` : '';
        words.textContent = known ? '' : t('wind_none');
    }
    input.addEventListener('input', show);
    show();
    return box;
}
