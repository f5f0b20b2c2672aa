import { instantOf, offsetAt } from "./zone.ts";

const fields = ["FullYear", "Month", "Date", "Day", "Hours", "Minutes", "Seconds", "Milliseconds"] as const;
const ownZone = /(?:Z|GMT|UTC|[+-]\d\d:?\d\d)\s*(?:\(.*\))?$|^[+-]?\d{4,6}(?:-\d\d){0,2}$/i;
const days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

const pad = (value: number): string => String(value).padStart(2, "0");

function describeDay(wall: Date): string {
  const year = String(wall.getUTCFullYear()).padStart(4, "0");
  return `${days[wall.getUTCDay()]} ${months[wall.getUTCMonth()]} ${pad(wall.getUTCDate())} ${year}`;
}

function describeTime(wall: Date, offset: number): string {
  const minutes = Math.abs(Math.trunc(offset / 60_000));
  const zone = `GMT${offset < 0 ? "-" : "+"}${pad(Math.floor(minutes / 60))}${pad(minutes % 60)}`;
  return `${pad(wall.getUTCHours())}:${pad(wall.getUTCMinutes())}:${pad(wall.getUTCSeconds())} ${zone}`;
}

/**
 * Makes `Date` of a context follow the clock of the local Google and the zone of the script: the platform runs a script in
 * the zone of its manifest, whatever the zone of the process here. The prototype stays the context's own.
 *
 * @param RealmDate the context's own constructor; its prototype is changed
 * @returns what the context's global `Date` has to be
 */
export function makeScriptDate(RealmDate: DateConstructor, zone: string, now: () => number): DateConstructor {
  const readTime = Date.prototype.getTime;
  const readLocal = Object.fromEntries(fields.map((field) => [field, Date.prototype[`get${field}`]])) as Record<
    (typeof fields)[number],
    () => number
  >;
  const wallOf = (date: Date): Date => {
    const instant = readTime.call(date);
    return new Date(instant + offsetAt(zone, instant));
  };
  const define = (name: string, method: (this: Date, ...args: never[]) => unknown): void => {
    Object.defineProperty(RealmDate.prototype, name, {
      value: method,
      writable: true,
      configurable: true,
      enumerable: false,
    });
  };

  for (const field of fields) {
    define(`get${field}`, function () {
      return wallOf(this)[`getUTC${field}`]();
    });
    if (field === "Day") continue;
    define(`set${field}`, function (...args: number[]) {
      const instant = readTime.call(this);
      const wall = Number.isNaN(instant) && field === "FullYear" ? new Date(0) : wallOf(this);
      Reflect.apply(wall[`setUTC${field}`], wall, args);
      return Date.prototype.setTime.call(this, instantOf(zone, wall.getTime()));
    });
  }
  define("getTimezoneOffset", function () {
    return -offsetAt(zone, readTime.call(this)) / 60_000;
  });
  const describe = (date: Date, how: (wall: Date, offset: number) => string): string => {
    const instant = readTime.call(date);
    return Number.isNaN(instant) ? "Invalid Date" : how(wallOf(date), offsetAt(zone, instant));
  };
  define("toDateString", function () {
    return describe(this, describeDay);
  });
  define("toTimeString", function () {
    return describe(this, describeTime);
  });
  define("toString", function () {
    return describe(this, (wall, offset) => `${describeDay(wall)} ${describeTime(wall, offset)}`);
  });
  for (const name of ["toLocaleString", "toLocaleDateString", "toLocaleTimeString"] as const) {
    define(name, function () {
      return Date.prototype[name].call(this, "en-US", { timeZone: zone });
    });
  }

  const parse = (text: string): number => {
    const instant = Date.parse(text);
    if (Number.isNaN(instant) || ownZone.test(text.trim())) return instant;
    // The zone of the process has read the text; its fields are taken for those of the script's zone.
    const local = new Date(instant);
    const read = (field: (typeof fields)[number]) => readLocal[field].call(local);
    const wall = new Date(0);
    wall.setUTCFullYear(read("FullYear"), read("Month"), read("Date"));
    wall.setUTCHours(read("Hours"), read("Minutes"), read("Seconds"), read("Milliseconds"));
    return instantOf(zone, wall.getTime());
  };
  const instantFor = (args: readonly unknown[]): unknown => {
    if (args.length === 0) return now();
    if (args.length > 1) return instantOf(zone, Reflect.apply(Date.UTC, undefined, args as number[]));
    return typeof args[0] === "string" ? parse(args[0]) : args[0];
  };
  RealmDate.now = now;
  RealmDate.parse = parse;
  const ScriptDate = new Proxy(RealmDate, {
    construct: (target, args, newTarget) => Reflect.construct(target, [instantFor(args)], newTarget) as object,
    apply: () => String(new ScriptDate()),
  });
  define("constructor", ScriptDate as never);
  return ScriptDate;
}
