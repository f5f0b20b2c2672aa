import { type SerialOf, serialInScriptZone, serialOfIso } from "./cell-values.ts";

/** Scripts do not show times before this as the servers do: in 1899 clocks went by the sun, in Shanghai 8:05:43 ahead. */
const modern = Date.UTC(1970, 0, 2);

/**
 * Dates come to a script as points of time, the zone of the spreadsheet taken off; a duration is a time after 30 December
 * 1899. The platform's own formatting puts them back, since the script has another zone and another past.
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
