/** One value in the many ways in which platforms and people write it. */
import type { CellValue } from "../../apps-script/core/workbook/port.ts";
import type { Random } from "./random.ts";

export function spellDate(iso: string, random: Random): string {
  if (iso === "") return "";
  const [year, month, day] = iso.split("-").map(Number);
  const padded = (n = 0) => String(n).padStart(2, "0");
  return random.pick([
    iso,
    `${year}/${month}/${day}`,
    `${year}年${month}月${day}日`,
    `${year}.${month}.${day}`,
    `${year}/${padded(month)}/${padded(day)}`,
  ]);
}

export function spellDateTime(iso: string, random: Random): string {
  const time = `${String(random.between(8, 21)).padStart(2, "0")}:${String(random.below(60)).padStart(2, "0")}`;
  return random.chance(0.3) ? `${iso} ${time}:${String(random.below(60)).padStart(2, "0")}` : spellDate(iso, random);
}

export function spellDuration(seconds: number, random: Random): string {
  const [minutes, rest] = [Math.floor(seconds / 60), seconds % 60];
  const two = (n: number) => String(n).padStart(2, "0");
  const forms = [`00:${two(minutes)}:${two(rest)}`, `${minutes}分${two(rest)}秒`, `${minutes}:${two(rest)}`];
  if (rest === 30) forms.push(`${minutes}.5分钟`);
  if (rest === 0) forms.push(`${minutes}分钟`);
  return random.pick(forms);
}

/** A time cell; some were typed as mm:ss and became hours and minutes. */
export function durationCell(seconds: number, random: Random): CellValue {
  return random.chance(0.3) ? { kind: "time", seconds: seconds * 60 } : { kind: "time", seconds };
}

export function spellResolution([width, height]: readonly [number, number], random: Random): string {
  if (width === 1920 && height === 1080 && random.chance(0.2)) return random.pick(["1080P", "1080p"]);
  return `${width}${random.pick(["*", "×", "x", "X"])}${height}`;
}

export function joinList(items: readonly string[], random: Random): string {
  return items.join(random.pick(["、", "；", "，", ";"]));
}

export function toFullWidth(text: string): string {
  return text.replace(/[!-~]/g, (c) => String.fromCharCode(c.charCodeAt(0) + 0xfee0));
}
