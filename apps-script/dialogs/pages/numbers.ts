/** `12,345`; for whole numbers. */
export function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** A score with at most two decimals: `86.5`, `86.33`. */
export function points(value: number): string {
  return String(Math.round(value * 100) / 100);
}

/** Part of a whole in percent, 0 to 100. */
export function percent(part: number, whole: number): number {
  return whole <= 0 ? 0 : Math.min(100, Math.max(0, (part / whole) * 100));
}
