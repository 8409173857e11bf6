// The symbols of records: an outline and a letter, once as picture of the map and once for legends.
import { svg } from './dom.mjs';

const SIZE = 24, MID = SIZE / 2;
const OUTLINES = {      // on a field of 24 × 24
    square: [[3, 3], [21, 3], [21, 21], [3, 21]],
    diamond: [[12, 1], [23, 12], [12, 23], [1, 12]],
    triangle: [[12, 1], [23.5, 22], [0.5, 22]],
};
const SIGN_DOWN = { triangle: 15.4 };

export function paintSymbol(pen, { mark, color, sign }, column) {
    pen.beginPath();
    if (mark === 'circle') pen.arc(MID, MID, 10.4, 0, 2 * Math.PI);
    else OUTLINES[mark].forEach(([x, y], i) => (i ? pen.lineTo(x, y) : pen.moveTo(x, y)));
    pen.closePath();
    pen.lineJoin = 'round';
    pen.lineWidth = 2.4;
    pen.strokeStyle = '#ffffff';
    pen.stroke();
    pen.fillStyle = color;
    pen.fill();
    pen.fillStyle = '#ffffff';
    pen.font = `bold ${mark === 'triangle' || mark === 'diamond' ? 10.5 : 12.5}px "Noto Sans TC","Noto Sans CJK TC",sans-serif`;
    pen.textAlign = 'center';
    pen.textBaseline = 'middle';
    pen.fillText(sign[column], MID, SIGN_DOWN[mark] ?? MID + 0.6);
}

export const SYMBOL_SIZE = SIZE;

export function symbolIcon({ mark, color, sign }, column) {
    const shape = mark === 'circle' ? svg('circle', { cx: MID, cy: MID, r: 10.4, fill: color })
        : svg('polygon', { points: OUTLINES[mark].map((point) => point.join(',')).join(' '), fill: color });
    return svg('svg', { class: 'symbol', viewBox: `0 0 ${SIZE} ${SIZE}`, 'aria-hidden': 'true' }, shape,
        svg('text', { x: MID, y: (SIGN_DOWN[mark] ?? MID) + 4, class: mark === 'triangle' || mark === 'diamond' ? 'small' : '' }, sign[column]));
}
