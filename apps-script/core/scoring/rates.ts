/** A count out of a number, and what it may say of the rate behind it. */
export interface Rate {
  readonly count: number;
  readonly of: number;
}

/**
 * Below so many the interval of a rate is over 50 points wide at its widest: a percentage would say more than is known, and
 * the counts are told instead.
 */
export const fewestForRate = 10;

/** Of the normal distribution, for 95 %. */
const Z = 1.959963984540054;

/**
 * The 95 % interval of a rate (Wilson, JASA 22, 1927), 0…1: sound at 0, at 1 and at small numbers, where that of the
 * textbooks is not. Undefined for nothing out of nothing.
 */
export function wilsonInterval({ count, of }: Rate): readonly [low: number, high: number] | undefined {
  if (of <= 0) return undefined;
  const share = count / of;
  const spread = Z * Math.sqrt((share * (1 - share)) / of + (Z * Z) / (4 * of * of));
  const centre = share + (Z * Z) / (2 * of);
  const scale = 1 + (Z * Z) / of;
  return [Math.max(0, (centre - spread) / scale), Math.min(1, (centre + spread) / scale)];
}

const percent = (share: number) => (share * 100).toFixed(1);

/** `31.2%`; `2/3（数少）` where a percentage would say too much; `—` for nothing. */
export function showRate({ count, of }: Rate): string {
  if (of <= 0) return "—";
  return of < fewestForRate ? `${count}/${of}（数少）` : `${percent(count / of)}%`;
}

/** `28.0%—34.6%`; `—` where there is no rate. */
export function showInterval(rate: Rate): string {
  const interval = rate.of < fewestForRate ? undefined : wilsonInterval(rate);
  return interval ? `${percent(interval[0])}%—${percent(interval[1])}%` : "—";
}
