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
      name: "hosts-do-not-meet",
      comment: "The .xlsx host and the Google host share the core and nothing else.",
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
    {
      name: "one-exceljs",
      comment: "ExcelJS stands behind one adapter.",
      severity: "error",
      from: { pathNot: "^(node-tools/xlsx/exceljs-adapter|test/)" },
      to: { path: "node_modules/exceljs" },
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
    enhancedResolveOptions: { extensions: [".ts", ".mjs", ".js"] },
  },
};
