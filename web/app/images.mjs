// The map's few pictures, drawn in code: the hatch of the protective-action zone, the wind arrow, the incident mark.
import { symbols } from './families.mjs';
import { paintSymbol, SYMBOL_SIZE } from './symbols.mjs';
import { HAZARD } from './theme.mjs';

const RATIO = 2;            // pixels of the picture per pixel of the map

function draw(width, height, paint) {
    const canvas = document.createElement('canvas');
    canvas.width = width * RATIO;
    canvas.height = height * RATIO;
    const pen = canvas.getContext('2d');
    pen.scale(RATIO, RATIO);
    paint(pen, width, height);
    return pen.getImageData(0, 0, canvas.width, canvas.height);
}

// Diagonal lines that meet over the tile's edges: three parallels, one and a half tiles long.
function hatch(pen, size) {
    pen.strokeStyle = HAZARD.protective;
    pen.lineWidth = 2.4;
    pen.beginPath();
    for (const shift of [-size, 0, size]) {
        pen.moveTo(shift - 4, size + 4);
        pen.lineTo(shift + size + 4, -4);
    }
    pen.stroke();
}

// Points up, tip on the upper edge; turned on the map to where the wind blows to.
function wind(pen, width, height) {
    const mid = width / 2;
    pen.beginPath();
    pen.moveTo(mid, 3);
    pen.lineTo(width - 4, 24);
    pen.lineTo(mid + 6, 21);
    pen.lineTo(mid + 6, height - 4);
    pen.lineTo(mid - 6, height - 4);
    pen.lineTo(mid - 6, 21);
    pen.lineTo(4, 24);
    pen.closePath();
    pen.lineJoin = 'round';
    pen.lineWidth = 5;
    pen.strokeStyle = '#ffffff';
    pen.stroke();
    pen.fillStyle = '#123a5a';
    pen.fill();
}

function incident(pen, size) {
    const mid = size / 2, arm = size / 2 - 4;
    pen.beginPath();
    pen.moveTo(mid, mid - arm);
    pen.lineTo(mid + arm, mid);
    pen.lineTo(mid, mid + arm);
    pen.lineTo(mid - arm, mid);
    pen.closePath();
    pen.lineJoin = 'round';
    pen.lineWidth = 6;
    pen.strokeStyle = '#ffffff';
    pen.stroke();
    pen.lineWidth = 2;
    pen.strokeStyle = '#000000';
    pen.stroke();
    pen.fillStyle = HAZARD.isolation;
    pen.fill();
    pen.fillStyle = '#ffffff';
    pen.fillRect(mid - 1.6, mid - 7, 3.2, 9);
    pen.fillRect(mid - 1.6, mid + 4, 3.2, 3.2);
}

export function addImages(map) {
    map.addImage('hatch', draw(12, 12, hatch), { pixelRatio: RATIO });
    map.addImage('wind', draw(32, 64, wind), { pixelRatio: RATIO });
    for (const symbol of symbols()) {
        ['zh', 'en'].forEach((lang, column) => map.addImage(`${symbol.name}-${lang}`,
            draw(SYMBOL_SIZE, SYMBOL_SIZE, (pen) => paintSymbol(pen, symbol, column)), { pixelRatio: RATIO }));
    }
    map.addImage('incident', draw(34, 34, incident), { pixelRatio: RATIO });
}
