/**
 * Pearson's correlation; null with fewer than `least` points or where one side does not vary.
 * @param points pairs of values
 */
export function correlation(points: readonly (readonly [number, number])[], least: number): number | null {
  if (points.length < least) return null;
  const mean = (side: 0 | 1) => points.reduce((sum, point) => sum + point[side], 0) / points.length;
  const [x, y] = [mean(0), mean(1)];
  let [xx, yy, xy] = [0, 0, 0];
  for (const [a, b] of points) {
    xx += (a - x) ** 2;
    yy += (b - y) ** 2;
    xy += (a - x) * (b - y);
  }
  return xx === 0 || yy === 0 ? null : Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy)));
}

/**
 * How often two series of n values that have nothing to do with each other correlate at r or lower: Student's t with
 * n − 2 degrees of freedom (Fisher 1915; that it holds for other than normal values too: Pitman 1937), by the finite
 * series of Abramowitz and Stegun 26.7.3 and 26.7.4, in which the angle is the arcsine of r.
 *
 * @param n at least 3
 */
export function chanceOfLower(r: number, n: number): number {
  const freedom = n - 2;
  const [sine, cosine] = [Math.abs(r), Math.sqrt(Math.max(0, 1 - r * r))];
  const isOdd = freedom % 2 === 1;
  let term = isOdd ? cosine : 1;
  let sum = freedom === 1 ? 0 : term;
  for (let k = isOdd ? 3 : 2; k < freedom; k += 2) {
    term *= ((k - 1) / k) * cosine * cosine;
    sum += term;
  }
  const within = isOdd ? (2 / Math.PI) * (Math.asin(sine) + sine * sum) : sine * sum;
  return r <= 0 ? (1 - within) / 2 : (1 + within) / 2;
}
