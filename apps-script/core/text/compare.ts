/** Orders texts by UTF-16 code unit: the same on every host and in every locale, capital letters first, digits as text ("10" before "9"). */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
