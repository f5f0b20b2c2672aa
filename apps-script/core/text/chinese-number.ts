const digits = "〇一二三四五六七八九";
const otherDigits = "零壹贰叁肆伍陆柒捌玖";
const tens = new Map(Object.entries({ 十: 10, 拾: 10, 百: 100, 廿: 20, 卅: 30 }));
const numerals = new RegExp(`[${digits}${otherDigits}${[...tens.keys()].join("")}\\d]+`, "g");

/** 1…99 in Chinese numerals: 九, 十二, 三十. */
export function chineseNumber(n: number): string {
  if (n < 10) return digits[n] ?? "";
  const ten = Math.floor(n / 10);
  const ones = n % 10;
  return `${ten === 1 ? "" : digits[ten]}十${ones === 0 ? "" : digits[ones]}`;
}

/** Every numeral of a text by its value: 第二十一 and 第二一 become 第21, 一〇一 becomes 101, 007 becomes 7. */
export function toArabicNumerals(text: string): string {
  return text.replace(numerals, readNumeral);
}

function readNumeral(numeral: string): string {
  if (/^\d+$/.test(numeral)) return String(Number(numeral));
  let sum = 0;
  let run = "";
  for (const character of numeral) {
    const ten = tens.get(character);
    if (ten === undefined) {
      const digit = Math.max(digits.indexOf(character), otherDigits.indexOf(character));
      run += digit < 0 ? character : digit;
    } else {
      sum += ten === 20 || ten === 30 ? ten : ten * (run === "" ? 1 : Number(run));
      run = "";
    }
  }
  return String(sum + Number(run));
}
