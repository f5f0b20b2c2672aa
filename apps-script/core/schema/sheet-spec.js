/** Keeps the keys as literal types. */
export function defineSheet(spec) {
  return spec;
}
export function columnOf(sheet, key) {
  const column = sheet.columns.find((c) => c.key === key);
  if (!column) throw new Error(`${sheet.label} has no column ${key}`);
  return column;
}
/** What the note on the header of a column says; undefined where there is none. */
export function helpOf({ help }, notice) {
  if (typeof help !== "function") return help;
  return notice && help(notice);
}
/** The label of a column: what people see, and what messages and JSON name. */
export function labelOf(sheet, key) {
  return columnOf(sheet, key).label;
}
