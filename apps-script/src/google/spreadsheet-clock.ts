import { type SerialOf, serialInScriptZone, serialOfIso } from "./cell-values.ts";

type Sheet = GoogleAppsScript.Spreadsheet.Sheet;

/** Before this, scripts and servers disagree about local time: in 1899 Shanghai had solar time, 8:05:43 ahead of UTC. */
const modern = Date.UTC(1970, 0, 2);
const daySeconds = 86_400;
/** Document property: by how many seconds the server's reckoning of 1899 and ours differ, by zone. */
const driftKey = "casebook.oldClock";

/**
 * A script gets the date of a cell as a point of time, and a duration as a time after 30 December 1899. What the cell shows
 * is found by formatting it in the zone of the spreadsheet, since the script may have another zone. Whether that gives the
 * offset of 1899 as the server reckons with it is not said: it is found once for each zone from what a cell shows.
 *
 * @param sheet asked when the first date is met
 */
export function clockOf(sheet: () => Sheet): SerialOf {
  let zone: string | undefined;
  let isOwnZone = false;
  let drift: number | undefined;
  const known = new Map<number, number>();
  return (date, row, column) => {
    if (zone === undefined) {
      zone = sheet().getParent().getSpreadsheetTimeZone();
      isOwnZone = zone === Session.getScriptTimeZone();
    }
    if (isOwnZone && date.getTime() >= modern) return serialInScriptZone(date);
    const seconds = Math.round(date.getTime() / 1000);
    let serial = known.get(seconds);
    if (serial === undefined) {
      serial = serialOfIso(Utilities.formatDate(new Date(seconds * 1000), zone, "yyyy-MM-dd'T'HH:mm:ss"));
      known.set(seconds, serial);
    }
    if (date.getTime() >= modern) return serial;
    drift ??= knownDrift(zone) ?? findDrift(sheet(), zone, serial, row, column);
    return serial + drift / daySeconds;
  };
}

function knownDrift(zone: string): number | undefined {
  const text = PropertiesService.getDocumentProperties().getProperty(driftKey);
  return text === null ? undefined : (JSON.parse(text) as Readonly<Record<string, number>>)[zone];
}

/** Compares what a cell shows with what was read of it. A cell that does not show seconds says nothing for certain. */
function findDrift(sheet: Sheet, zone: string, serial: number, row: number, column: number): number {
  const [[shown = ""] = []] = sheet.getRange(row, column).getDisplayValues();
  const drift = driftOf(shown, Math.round(serial * daySeconds));
  if (drift === undefined) return 0;
  const properties = PropertiesService.getDocumentProperties();
  const others = JSON.parse(properties.getProperty(driftKey) ?? "{}") as Readonly<Record<string, number>>;
  properties.setProperty(driftKey, JSON.stringify({ ...others, [zone]: drift }));
  return drift;
}

/** No zone was further than this from whole minutes or from its later offset. */
const largestDrift = 3_600;

/**
 * How many seconds a shown time is ahead of one that was read; undefined where that cannot be told.
 *
 * @example driftOf("0:17:30", 1033) // 17
 */
export function driftOf(shown: string, read: number): number | undefined {
  const [, sign = "", ...parts] = /^(-?)(\d+):(\d\d):(\d\d)(?:\.\d+)?$/.exec(shown.trim()) ?? [];
  if (parts.length < 3) return undefined;
  const [hours = 0, minutes = 0, seconds = 0] = parts.map(Number);
  const drift = (sign === "-" ? -1 : 1) * (hours * 3_600 + minutes * 60 + seconds) - read;
  return Math.abs(drift) <= largestDrift ? drift : undefined;
}

/** `YYYY-MM-DD HH:mm:ss`, now, in the script's zone. */
export function clockTime(): string {
  return Utilities.formatDate(new Date(), Session.getScriptTimeZone(), "yyyy-MM-dd HH:mm:ss");
}
