const hour = 3_600_000;
const offsets = new Map<string, Map<number, number>>();
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat("en-US", {
      timeZone: zone,
      hourCycle: "h23",
      era: "short",
      year: "numeric",
      month: "numeric",
      day: "numeric",
      hour: "numeric",
      minute: "numeric",
      second: "numeric",
    });
    formats.set(zone, format);
  }
  return format;
}

function measureOffset(zone: string, instant: number): number {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(instant)
      .map((part) => [part.type, part.value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): number => Number(parts.get(type));
  const year = parts.get("era") === "BC" ? 1 - part("year") : part("year");
  const wall = new Date(0);
  wall.setUTCFullYear(year, part("month") - 1, part("day"));
  wall.setUTCHours(part("hour"), part("minute"), part("second"));
  return wall.getTime() - Math.floor(instant / 1000) * 1000;
}

/** Milliseconds that the clocks of a zone are ahead of UTC at an instant (in Shanghai 8 h; in 1899 8 h 5 min 43 s). */
export function offsetAt(zone: string, instant: number): number {
  if (!Number.isFinite(instant)) return 0;
  let known = offsets.get(zone);
  if (known === undefined) {
    known = new Map();
    offsets.set(zone, known);
  }
  const bucket = Math.floor(instant / hour);
  let offset = known.get(bucket);
  if (offset === undefined) {
    offset = measureOffset(zone, instant);
    known.set(bucket, offset);
  }
  return offset;
}

/**
 * The instant at which the clocks of a zone show a wall time that is written as if it were UTC; a time that is left out
 * when clocks are put forward is as much later.
 */
export function instantOf(zone: string, wall: number): number {
  const instant = wall - offsetAt(zone, wall - offsetAt(zone, wall));
  const offset = offsetAt(zone, instant);
  return instant + offset === wall ? instant : wall - offset;
}
