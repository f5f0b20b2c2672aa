import type { AwardData, Unit } from "../../award/award.ts";
import { toStandardCharacters } from "../../text/clean.ts";
import { identifierKey, unitNameKey } from "../../text/identity.ts";
import { nameLookAlikes } from "../wording.ts";

/** A row that names its 推荐单位. */
interface Nominated {
  readonly nominator: string;
  readonly unit: Unit | undefined;
}

/** Whether a row's 推荐单位 names a unit: its 单位名称, an alias, its code or an earlier name; a longer form is no name. */
export function isNamed(award: AwardData, { nominator, unit }: Nominated): boolean {
  return (
    unit !== undefined && (isPresentName(unit, nominator) || otherNameOf(award, { nominator, unit }) !== undefined)
  );
}

const isPresentName = (unit: Unit, text: string) => unitNameKey(unit.name) === unitNameKey(text);

/** How a row calls its unit, where not by its 单位名称; undefined where it does, or by a longer form. */
export function otherNameOf(award: AwardData, { nominator, unit }: Nominated): string | undefined {
  if (unit === undefined || isPresentName(unit, nominator)) return undefined;
  if (unit.aliases.some((alias) => unitNameKey(alias) === unitNameKey(nominator))) return "别名";
  if (identifierKey(unit.code) === identifierKey(nominator)) return "单位代码";
  return award.formerUnit(nominator) === unit ? "曾用名" : undefined;
}

/** The message about a 推荐单位 that is no 单位名称, with the name that was probably meant. */
export function unknownNominator(award: AwardData, typed: string): string {
  const meant = award.resolveUnit(typed);
  const remedy = meant ? `请改为全称“${meant.name}”` : "请改为“单位”表中的单位名称，或先在“单位”表中补上这个单位";
  const alike = nameLookAlikes(typed, toStandardCharacters(typed));
  return `推荐单位“${typed}”${alike && `（其中${alike}）`}不是“单位”表中的单位名称；${remedy}。`;
}
