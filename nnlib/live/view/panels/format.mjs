// Numbers as text.

/** Rounded, with a true minus sign, never −0. */
export function asText(value, digits = 2) {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? text.replace("-", "") : text).replace("-", "−");
}

/** As `scientific` in nnlib/explorables/writing.py: where rounding leaves hardly a digit, a power of ten. */
export function asScientific(value, digits = 3) {
  if (value === 0 || Math.abs(value) >= 0.95 * 10 ** -digits) return asText(value, digits);
  const [mantissa, exponent] = value.toExponential(0).split("e");
  return `${mantissa}·${powerText(Number(exponent))}`.replace("-", "−");
}

export function tickText(value) {
  return String(Number(value.toPrecision(6))).replace("-", "−");
}

export function powerText(exponent) {
  return `10${String(exponent).replace(/./g, (sign) => "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"["-0123456789".indexOf(sign)])}`;
}
