/** The rooms of the core from the ground up: a room imports only itself and rooms before it. */
const coreRooms = [
  "text",
  "workbook",
  "notice",
  "schema",
  "tables",
  "award",
  "rules",
  "check",
  "application-book",
  "import",
  "corrections",
  "evidence",
  "log",
  "assignment",
  "scoring",
  "review-book",
  "ranking",
  "panel",
  "score-sheets",
  "first-review",
  "replay",
  "exports",
  "progress",
];

const anyOf = (rooms) => `^apps-script/core/(${rooms.join("|")})/`;

const roomsInOrder = coreRooms.slice(0, -1).map((room, i) => ({
  name: `core-${room}-knows-only-what-lies-below`,
  comment: `${room} imports only ${coreRooms.slice(0, i + 1).join(", ")}.`,
  severity: "error",
  from: { path: anyOf([room]) },
  to: { path: anyOf(coreRooms.slice(i + 1)) },
}));

/**
 * The rooms of the .xlsx host from the ground up, as they stand below node-tools: those of one line do not know each
 * other, and every one knows only itself and the lines before.
 */
const nodeRooms = [
  ["errors.ts"],
  ["xlsx/"],
  ["host/"],
  ["command-line/", "disk/"],
  ["office-files/"],
  ["documents/"],
  ["inputs/", "award-files/"],
  ["forms/", "evidence/", "local-sheets/"],
  ["materials/"],
  ["commands/"],
  ["run-command-line.ts"],
  ["casebook.ts", "example/", "build/", "page/"],
];

const inNode = (rooms) => `^node-tools/(${rooms.map((room) => room.replace(".", "\\.")).join("|")})`;

const nodeRoomsInOrder = nodeRooms.flatMap((line, i) =>
  line.map((room) => ({
    name: `node-${room.replace(/\.ts$|\/$/, "")}-knows-only-what-lies-below`,
    comment: `${room} imports only itself and ${nodeRooms.slice(0, i).flat().join(", ") || "the core"}.`,
    severity: "error",
    from: { path: inNode([room]) },
    to: { path: inNode([...line.filter((other) => other !== room), ...nodeRooms.slice(i + 1).flat()]) },
  })),
);

module.exports = {
  forbidden: [
    {
      name: "core-is-pure",
      comment: "The core knows neither Node nor Google nor any package: it imports only itself.",
      severity: "error",
      from: { path: "^apps-script/core" },
      to: { pathNot: "^apps-script/core" },
    },
    {
      name: "core-has-named-rooms",
      comment: "Every file of the core stands in a room of the list above; its version alone stands outside.",
      severity: "error",
      from: {},
      to: { path: "^apps-script/core/", pathNot: `${anyOf(coreRooms)}|^apps-script/core/version\\.ts$` },
    },
    ...roomsInOrder,
    {
      name: "views-know-the-core-alone",
      comment:
        "What dialogs show is computed where the award is, in every host; the pages that draw it are another matter.",
      severity: "error",
      from: { path: "^apps-script/dialogs/[^/]+$" },
      to: { pathNot: "^apps-script/(core/|dialogs/[^/]+$)" },
    },
    {
      name: "pages-are-drawn-for-any-host",
      comment:
        "The pages of the dialogs take a view and callbacks, in Google and in the one file: they know neither google.script nor the worker.",
      severity: "error",
      from: { path: "^apps-script/dialogs/pages/" },
      to: { pathNot: "^apps-script/(core|dialogs)/|node_modules/preact/" },
    },
    {
      name: "entries-of-the-dialogs-know-pages-alone",
      comment: "What a dialog loads in Google is a page and the way to its script, nothing of the script itself.",
      severity: "error",
      from: { path: "^apps-script/src/pages/" },
      to: { pathNot: "^apps-script/(dialogs|src/pages)/|node_modules/preact/" },
    },
    {
      name: "google-rooms-stand-below-the-scripts",
      comment: "The adapter knows no action, what both scripts do knows neither of them.",
      severity: "error",
      from: { path: "^apps-script/src/(google|actions|application)/" },
      to: { path: "^apps-script/src/(shared|review|pages)/" },
    },
    {
      name: "scripts-do-not-meet",
      comment: "Each script is bound to a workbook of its own; what both do stands in actions or application.",
      severity: "error",
      from: { path: "^apps-script/src/(shared|review)/" },
      to: { path: "^apps-script/src/(shared|review)/", pathNot: "^apps-script/src/$1/" },
    },
    {
      name: "hosts-do-not-meet",
      comment: "The .xlsx host and the Google host share the core and the dialogs, nothing else.",
      severity: "error",
      from: { path: "^node-tools" },
      to: { path: "^apps-script/src" },
    },
    {
      name: "hosts-do-not-meet-either",
      comment: "The Google host cannot reach into the .xlsx host.",
      severity: "error",
      from: { path: "^apps-script/src" },
      to: { path: "^node-tools" },
    },
    ...nodeRoomsInOrder,
    {
      name: "node-has-named-rooms",
      comment: "Every file of node-tools stands in a room of the list above; the calculator alone has no place in it.",
      severity: "error",
      from: {},
      to: { path: "^node-tools/", pathNot: inNode([...nodeRooms.flat(), "calculator/"]) },
    },
    {
      name: "disk-knows-no-award",
      comment: "The disk writes, locks and keeps files, whatever is in them.",
      severity: "error",
      from: { path: "^node-tools/disk/" },
      to: { path: "^apps-script" },
    },
    {
      name: "local-sheets-stand-apart",
      comment: "The local Sheets is a stand-in for Google: only its own command opens it.",
      severity: "error",
      from: { path: "^node-tools", pathNot: "^node-tools/(local-sheets/|commands/sheets\\.ts$)" },
      to: { path: "^node-tools/local-sheets" },
    },
    {
      name: "calculator-knows-nobody",
      comment:
        "The calculator of formulas serves the local Sheets, the values in files and tests of rules; it needs none of them.",
      severity: "error",
      from: { path: "^node-tools/calculator" },
      to: { pathNot: "^(node-tools/calculator|apps-script/core/(text|workbook))" },
    },
    {
      name: "exceljs-only-compares",
      comment: "ExcelJS reads what we write, and measures us; nothing that is shipped needs it.",
      severity: "error",
      from: { pathNot: "^test/" },
      to: { path: "node_modules/exceljs" },
    },
    {
      name: "workbooks-on-any-host",
      comment: "Workbooks are changed by the language alone; what a host gives them stands in codec.ts.",
      severity: "error",
      from: { path: "^node-tools/xlsx/" },
      to: { pathNot: "^(node-tools/xlsx/|node-tools/errors\\.ts$|apps-script/core/)" },
    },
    {
      name: "commands-on-any-host",
      comment:
        "What commands and the materials' readers need of their machine stands in host/; the local Sheets need Node.",
      severity: "error",
      from: {
        path: "^node-tools/(award-files|command-line|commands|disk|documents|evidence|forms|inputs|office-files)/",
        pathNot: "^node-tools/(award-files/render-worker|commands/sheets|evidence/worker)\\.ts$",
      },
      to: { dependencyTypes: ["core"] },
    },
    {
      name: "no-circular",
      comment: "Modules that need each other are one module, or one of them is in the wrong place.",
      severity: "error",
      from: {},
      to: { circular: true },
    },
  ],
  options: {
    doNotFollow: { path: "node_modules" },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    enhancedResolveOptions: { extensions: [".ts", ".tsx", ".mjs", ".js", ".css"] },
  },
};
