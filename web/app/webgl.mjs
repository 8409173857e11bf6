// Whether this device can draw the map.
export function hasWebGL2() {
    try {
        return Boolean(document.createElement('canvas').getContext('webgl2'));
    } catch {
        return false;
    }
}
