const digits = "〇一二三四五六七八九";
/** 1…99 in Chinese numerals: 九, 十二, 三十. */
export function chineseNumber(n) {
  if (n < 10) return digits[n] ?? "";
  const tens = Math.floor(n / 10);
  const ones = n % 10;
  return `${tens === 1 ? "" : digits[tens]}十${ones === 0 ? "" : digits[ones]}`;
}
