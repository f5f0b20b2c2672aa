import { offsetAt } from "../runtime/zone.ts";

const weekdays = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const months = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

function formatField(letter: string, width: number, wall: Date, offset: number): string {
  const number = (value: number): string => String(value).padStart(width, "0");
  const name = (names: readonly string[], index: number): string =>
    (names[index] ?? "").slice(0, width > 3 ? undefined : 3);
  const zone = (separator: string): string => {
    const minutes = Math.abs(Math.trunc(offset / 60_000));
    const [hours, rest] = [Math.floor(minutes / 60), minutes % 60].map((value) => String(value).padStart(2, "0"));
    return `${offset < 0 ? "-" : "+"}${hours}${separator}${rest}`;
  };
  switch (letter) {
    case "y":
      return width === 2 ? String(wall.getUTCFullYear()).slice(-2).padStart(2, "0") : number(wall.getUTCFullYear());
    case "M":
      return width > 2 ? name(months, wall.getUTCMonth()) : number(wall.getUTCMonth() + 1);
    case "d":
      return number(wall.getUTCDate());
    case "H":
      return number(wall.getUTCHours());
    case "h":
      return number(wall.getUTCHours() % 12 || 12);
    case "m":
      return number(wall.getUTCMinutes());
    case "s":
      return number(wall.getUTCSeconds());
    case "S":
      return number(wall.getUTCMilliseconds());
    case "a":
      return wall.getUTCHours() < 12 ? "AM" : "PM";
    case "E":
      return name(weekdays, wall.getUTCDay());
    case "u":
      return number(wall.getUTCDay() || 7);
    case "Z":
      return zone("");
    case "X":
      return offset === 0 ? "Z" : zone(":");
    default:
      throw new Error(`Illegal pattern character '${letter}'`);
  }
}

/**
 * Java's SimpleDateFormat with the letters `yMdHhmsSaEuZX` and quoted text.
 *
 * @throws Error for a zone that does not exist and for any other letter
 */
export function formatDate(instant: number, zone: string, pattern: string): string {
  let offset: number;
  try {
    offset = offsetAt(zone, instant);
  } catch {
    throw new Error(`Invalid argument: timeZone. Should be of type: String`);
  }
  const wall = new Date(instant + offset);
  const tokens = pattern.match(/'(?:[^']|'')*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  return tokens
    .map((token) => {
      if (token === "''") return "'";
      if (token.startsWith("'")) return token.slice(1, -1).replaceAll("''", "'");
      return /^[A-Za-z]/.test(token) ? formatField(token.charAt(0), token.length, wall, offset) : token;
    })
    .join("");
}
