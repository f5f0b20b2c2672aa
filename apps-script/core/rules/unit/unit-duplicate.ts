import type { Unit, UnitKey } from "../../award/award.ts";
import { groupByFilledKey } from "../../text/group-by.ts";
import { unitNameKey } from "../../text/identity.ts";
import { holdsRuinedIdentifier } from "../identity.ts";
import { atUnit, defineRule, noticeIsSilent } from "../rule.ts";
import { listSome, nameLookAlikes } from "../wording.ts";

interface Claim {
  readonly unit: Unit;
  readonly column: UnitKey;
  readonly value: string;
}

const codesOf = (unit: Unit): Claim[] =>
  holdsRuinedIdentifier(unit.record, "code") ? [] : [{ unit, column: "code", value: unit.code }];

/** A unit may bear its own name as an alias. */
function namesOf(unit: Unit): Claim[] {
  const claims: Claim[] = [{ unit, column: "name", value: unit.name }];
  for (const alias of unit.aliases) claims.push({ unit, column: "aliases", value: alias });
  return [...new Map(claims.reverse().map((c) => [unitNameKey(c.value), c])).values()].reverse();
}

export const unitDuplicate = defineRule({
  code: "UNIT-DUPLICATE",
  name: "单位重复",
  forAdministrators: true,
  severity: "error",
  finds: "两个单位的代码相同，或名称、别名相同，无法分辨；每一行都会指出。",
  remedy: "删去重复的行，或改正代码、名称、别名。",
  article: noticeIsSilent,
  live: "只看“案例”表。",
  *check(context) {
    for (const claimsOf of [codesOf, namesOf]) {
      for (const claims of groupByFilledKey(context.units.flatMap(claimsOf), (c) => unitNameKey(c.value)).values()) {
        if (claims.length < 2) continue;
        for (const { unit, column, value } of claims) {
          const others = claims
            .filter((c) => c.unit !== unit)
            .map((c) => {
              const alike = nameLookAlikes(value, c.value);
              return `第 ${c.unit.record.row} 行（${c.unit.name}${alike && `，写法不同：${alike}`}）`;
            });
          const message = `“${value}”与${listSome(others, "行")}重复，无法分辨是哪个单位；请删去重复的行或改正。`;
          yield atUnit(context, unit, column, message);
        }
      }
    }
  },
});
