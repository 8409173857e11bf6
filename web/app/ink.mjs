// What can be seen on what: ink on a colour, a rim around it. Ratios as in WCAG 2.2.
const SEEN = 3;         // least ratio of what must be told apart, without text

function luminance(hex) {
    const part = (at) => {
        const c = parseInt(hex.slice(at, at + 2), 16) / 255;
        return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
    };
    return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(a, b) {
    const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
}

export function inkOn(hex) {
    return luminance(hex) > 0.18 ? '#000000' : '#ffffff';
}

// The line around a point of this colour: by night a light one around what would sink into the land.
export function rimOn(hex, { land, outline, name }) {
    return [outline, hex].some((color) => contrast(color, land) >= SEEN) ? outline : name;
}
