/** Lines of any number kept in properties, of which one holds 9 KB: in pieces under `KEY0`, `KEY1` and so on. */

export type Properties = Pick<GoogleAppsScript.Properties.Properties, "getProperty" | "setProperty" | "deleteProperty">;

/** A Chinese character takes three bytes. */
export const pieceLength = 2_900;

/** In place of those that are kept. */
export function keepLines(properties: Properties, key: string, lines: readonly string[]): void {
  const text = lines.join("\n");
  const pieces = Math.ceil(text.length / pieceLength);
  for (let n = 0; n < pieces; n++) properties.setProperty(key + n, text.slice(n * pieceLength, (n + 1) * pieceLength));
  forgetLines(properties, key, pieces);
}

export function loadLines(properties: Properties, key: string): string[] {
  let text = "";
  for (let n = 0; ; n++) {
    const piece = properties.getProperty(key + n);
    if (piece === null) break;
    text += piece;
  }
  return text === "" ? [] : text.split("\n");
}

/** @param from the first piece that goes */
export function forgetLines(properties: Properties, key: string, from = 0): void {
  for (let n = from; properties.getProperty(key + n) !== null; n++) properties.deleteProperty(key + n);
}
