import { placeInBureauName } from "../text/region-names.ts";
import type { KnownPlace } from "../text/school-name.ts";
import type { AwardData, Unit } from "./award.ts";
import { cityOfCode } from "./official-codes.ts";
import { superiorsOf } from "./superior-units.ts";

/** The place of a bureau; undefined for a school. */
export function placeOfUnit(unit: Unit): string | undefined {
  if (unit.kind === "school") return undefined;
  return placeInBureauName(unit.name)?.place ?? unit.aliases.find((alias) => alias.length >= 2);
}

/** The places whose bureaus are in 单位, and the cities they lie in. */
export function placesOfUnits(award: AwardData): KnownPlace[] {
  return award.units.flatMap((unit) => {
    const place = placeOfUnit(unit);
    if (place === undefined) return [];
    const typed = /^.{2,}市$/.test(unit.parent) ? unit.parent : undefined;
    const [superior] = superiorsOf(award, unit).units;
    const city = (superior && placeOfUnit(superior)) ?? typed ?? cityOfCode(unit.code)?.name;
    return [{ names: [place, ...unit.aliases], city }];
  });
}
