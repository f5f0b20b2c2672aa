import type { AwardOptions } from "./award.ts";

/** The award bundled as the example in node-tools/example/inputs. */
export const exampleOptions: AwardOptions = {
  bureaus: 3,
  schools: 2,
  submissionsPerBureau: 44,
  submissionsPerSchool: 10,
  seed: 2025,
  textLength: 1400,
  violations: true,
};

export const exampleFolder = new URL("../../node-tools/example/inputs/", import.meta.url);
