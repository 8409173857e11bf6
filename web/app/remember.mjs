// Small settings kept in this browser; where it keeps nothing (private windows, policy) the page works without.
export function recall(key, fallback = '') {
    try {
        return localStorage.getItem(`hazatlas.${key}`) ?? fallback;
    } catch {
        return fallback;
    }
}

export function remember(key, value) {
    try {
        localStorage.setItem(`hazatlas.${key}`, value);
    } catch {
        // nothing is lost but the convenience
    }
}
