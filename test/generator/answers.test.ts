import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { readInputTables } from "../../node-tools/inputs/read-input.ts";
import { exampleFolder, exampleOptions } from "./example.ts";
import { judgeAwards } from "./judge-awards.ts";

const shape = { bureaus: 4, schools: 3, submissionsPerBureau: 90, submissionsPerSchool: 20, violations: true };

const filesOnDisk = await Promise.all(
  readdirSync(exampleFolder).map((name) =>
    readInputTables(fileURLToPath(new URL(encodeURIComponent(name), exampleFolder))),
  ),
);

judgeAwards([
  { ...exampleOptions, inputs: filesOnDisk },
  { ...shape, seed: 11, textLength: 300 },
  { ...shape, seed: 12, textLength: 900, bureaus: 13, submissionsPerBureau: 12 },
  { ...shape, seed: 13, textLength: 200, violations: false },
  // Too small for every violation: those that do not fit are not expected either.
  { ...shape, bureaus: 1, schools: 1, submissionsPerBureau: 40, seed: 14, textLength: 300 },
]);
