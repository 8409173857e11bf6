// CAS registry numbers.

// The check digit of a CAS number: the digits from the right, each times its place, modulo 10.
export function isCas(text) {
    const parts = /^(\d{2,7})-(\d\d)-(\d)$/.exec(text.trim());
    if (!parts) return false;
    const digits = [...(parts[1] + parts[2])].reverse();
    return digits.reduce((sum, digit, index) => sum + Number(digit) * (index + 1), 0) % 10 === Number(parts[3]);
}
