import { type SerialOf, serialInScriptZone, serialOfIso } from "./cell-values.ts";

/** Before this, scripts and servers disagree about local time: in 1899 Shanghai had solar time, 8:05:43 ahead of UTC. */
const modern = Date.UTC(1970, 0, 2);

/**
 * A script gets the date of a cell as a point of time, and a duration as a time after 30 December 1899. What the cell shows
 * is found by formatting it in the zone of the spreadsheet, since the script may have another zone.
 *
 * @param spreadsheet asked when the first date is met
 */
export function clockOf(spreadsheet: () => GoogleAppsScript.Spreadsheet.Spreadsheet): SerialOf {
  let zone: string | undefined;
  let isOwnZone = false;
  const known = new Map<number, number>();
  return (date) => {
    if (zone === undefined) {
      zone = spreadsheet().getSpreadsheetTimeZone();
      isOwnZone = zone === Session.getScriptTimeZone();
    }
    if (isOwnZone && date.getTime() >= modern) return serialInScriptZone(date);
    const seconds = Math.round(date.getTime() / 1000);
    let serial = known.get(seconds);
    if (serial === undefined) {
      serial = serialOfIso(Utilities.formatDate(new Date(seconds * 1000), zone, "yyyy-MM-dd'T'HH:mm:ss"));
      known.set(seconds, serial);
    }
    return serial;
  };
}

/** `YYYY-MM-DD HH:mm:ss`, now, in the script's zone. */
export function clockTime(): string {
  return Utilities.formatDate(new Date(), Session.getScriptTimeZone(), "yyyy-MM-dd HH:mm:ss");
}
