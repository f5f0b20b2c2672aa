import { judgeAwards } from "./judge-awards.ts";

/** False alarms are counted over twenty awards of every shape: there must be none. */
judgeAwards(
  Array.from({ length: 20 }, (_, i) => ({
    bureaus: 3 + (i % 9),
    schools: 3,
    submissionsPerBureau: 30,
    submissionsPerSchool: 20,
    violations: true,
    seed: 1000 + i,
    textLength: 120 + 40 * i,
  })),
);
