import type { AwardOptions } from "./award.ts";

/** The award bundled as the example in node-tools/example/inputs. */
export const exampleOptions: AwardOptions = {
  bureaus: 5,
  schools: 2,
  submissionsPerBureau: 27,
  submissionsPerSchool: 8,
  seed: 2025,
  textLength: 1300,
  violations: true,
};

export const exampleFolder = new URL("../../node-tools/example/inputs/", import.meta.url);
