import { readPeople } from "../text/person-names.ts";
import { listSome } from "./wording.ts";

/** `写了 2 人（张三、李四）` of a name cell that means more than one person; undefined where it means one or none. */
export function severalPeople(cell: string): string | undefined {
  const { people, others } = readPeople(cell);
  const names = listSome(
    people.map(({ name }) => name),
    "人",
  );
  if (people.length > 1) return `写了 ${people.length} 人（${names}）${others ? "，还有没写姓名的人" : ""}`;
  return others ? `写的是“${cell}”，不止${names}一人` : undefined;
}
