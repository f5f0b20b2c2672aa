/** The look of every workbook: one font, one calm palette. Colours are `RRGGBB`. */

/** Present wherever Excel or WPS is; other programs fall back to their own Chinese sans serif. */
export const fontName = "微软雅黑";
export const bodySize = 10;

export const palette = {
  ink: "25313C",
  softInk: "6B7785",
  /** Of what the row above says already. */
  faintInk: "B4BEC8",
  line: "D5DCE4",
  /** Headers of columns that must be filled in. */
  headerRequired: "2F5D86",
  header: "6F8FAF",
  /** Headers of what the workbook computes itself. */
  headerComputed: "8A949E",
  headerInk: "FFFFFF",
  /** Cells that people do not type in. */
  computed: "F3F5F7",
  /** Cells that people may change on a sheet that is otherwise ours. */
  input: "FFFBEA",
  title: "2F5D86",
  band: "EAF0F6",
  errorFill: "FBE0DD",
  errorInk: "A3281C",
  warningFill: "FFF2CC",
  warningInk: "8A5A00",
  /** Near the fill of a cell with a finding that only informs. */
  infoFill: "DDE8F8",
  goodFill: "E3F1E6",
  goodInk: "2C6E3F",
} as const;
