import type { AwardParts } from "../../core/award-builder.ts";
import { validExpert } from "../../core/award-builder.ts";
import { notice, units } from "../../core/review-fixture.ts";

/** So many experts of the units of the fixture, each with an address. */
export function manyExperts(count: number): AwardParts {
  const bureaus = units.filter((unit) => unit.kind === "教育局");
  return {
    experts: Array.from({ length: count }, (_, i) => ({
      ...validExpert(i, String(bureaus[i % bureaus.length]?.name), notice.stages[i % notice.stages.length]),
      unit: `第${i + 1}实验学校`,
      email: `zj${i + 1}@example.org`,
    })),
  };
}
