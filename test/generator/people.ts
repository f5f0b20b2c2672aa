import type { GeneratedUnit } from "./places.ts";
import type { Random } from "./random.ts";

export interface Person {
  readonly name: string;
  readonly unit: string;
  readonly account: string;
}

/** Surnames and given names whose characters the prose never uses: no name stands in a text by accident. */
export const surnames = [..."薛谭邹廖邱侯裴鲍滕阮葛翟樊祁岑戚蔺郝覃冉詹聂阎瞿邬宓"];
const given = [..."珂屿禾予宸阑栩钰昀澈岫苒霁妤珩绾煦曜棠芃屹绮璟蔚楠颀恺翊婕骁嫣翎澍沅菡"];

const schoolForms: Readonly<Record<string, readonly string[]>> = {
  小学: ["第一小学", "第二小学", "第三小学", "第四小学", "育苗小学", "阳光小学"],
  初中: ["第一初级中学", "第二初级中学", "第三初级中学", "育苗中学"],
  高中: ["高级中学", "第二高级中学", "第三高级中学"],
};

export interface PeopleSource {
  /** A person nobody has been before; `stage` decides the kind of school. */
  create(unit: GeneratedUnit, stage: string): Person;
  /** Of the bureau itself, for officials. */
  createOfficial(unit: GeneratedUnit): Person;
  name(length?: 2 | 3): string;
  phone(): string;
}

export function makePeople(random: Random): PeopleSource {
  let serial = 0;
  const name = (length?: 2 | 3): string => {
    const single = length === undefined ? random.chance(0.3) : length === 2;
    return random.pick(surnames) + random.pick(given) + (single ? "" : random.pick(given));
  };
  /** Letters and digits mostly; some are nothing but digits, with a leading zero. */
  const account = (): string => {
    serial += random.between(1, 5);
    return serial % 7 === 0 ? `09${String(serial).padStart(12, "0")}` : `nyun${String(100000 + serial)}`;
  };
  return {
    name,
    create(unit, stage) {
      const forms = schoolForms[stage] ?? schoolForms.小学 ?? [];
      const school = unit.kind === "school" ? unit.name : unit.place + random.pick(forms);
      return { name: name(), unit: school, account: account() };
    },
    createOfficial: (unit) => ({ name: name(), unit: unit.name, account: account() }),
    phone: () =>
      `1${random.pick(["33", "50", "59", "77", "80", "89", "95"])}${String(random.below(100_000_000)).padStart(8, "0")}`,
  };
}
