/** Violations that two or more submissions make together, and what looks like one and is none. */
import { expectFinding, first, insertInto, ofBureau, ofDistrict, type Planting } from "./planting.ts";
import { composeSection, countPlainWords } from "./prose.ts";
import { toFullWidth } from "./spelling.ts";
import type { DraftSubmission } from "./submissions.ts";

/** Not a violation: another district's name, and 宁夏, may stand in a text. */
export function plantInnocent(planting: Planting): void {
  const s = planting.take(ofBureau);
  const elsewhere = s?.unit.place === "盐池县" ? "海原县" : "盐池县";
  if (s) insertInto("application", () => `外出观摩${elsewhere}，并用宁夏平台共享。`)(s, planting);
}

export function plantPairs(planting: Planting): void {
  const { take, source, allowed } = planting;
  const pair = (fits?: (s: DraftSubmission) => boolean): [DraftSubmission, DraftSubmission] | undefined => {
    const a = take(fits);
    const b = a && take((s) => s !== a && (fits?.(s) ?? true));
    return a && b ? [a, b] : undefined;
  };
  const sameId = pair();
  if (sameId) {
    sameId[1].id = sameId[0].id;
    expectFinding(planting, "SUB-ID-DUPLICATE", [sameId[0]]);
    sameId[1].dirty = true;
  }
  const sameTitle = pair();
  if (sameTitle) {
    const [a, b] = sameTitle;
    b.title = a.title.replace("——", "－ ").replace("的", "的 ");
    expectFinding(planting, "SUB-TITLE-DUPLICATE", sameTitle, "warning");
  }
  const sameText = pair();
  if (sameText) {
    const [a, b] = sameText;
    b.text = { ...a.text, summary: composeSection(source.random, countPlainWords(a.text.summary)) };
    expectFinding(planting, "TEXT-DUPLICATE", sameText, "warning");
  }
  const led = pair();
  if (led) {
    led[1].authors[0] = { ...first(led[0]), role: first(led[1]).role };
    expectFinding(planting, "AUTHOR-FIRST-LIMIT", led);
    keepEligible(led);
  }
  const twoNames = pair();
  if (twoNames) {
    twoNames[1].authors = [
      first(twoNames[1]),
      { ...source.people.create(twoNames[1].unit, "小学"), account: first(twoNames[0]).account, role: "教师" },
    ];
    expectFinding(planting, "AUTHOR-IDENTITY", twoNames, "warning");
  }
  const four = [pair(), pair()].flatMap((p) => p ?? []);
  const [head] = four;
  if (four.length === 4 && head) {
    const person = { ...first(head), role: "教师" };
    four.slice(1).forEach((s, i) => {
      // The second is known by name and unit alone, the third by an account in full-width characters.
      const account = i === 0 ? "" : i === 1 ? toFullWidth(person.account) : person.account;
      s.authors = [first(s), { ...person, account }];
      if (account === "") allowed.push({ code: "AUTHOR-IDENTITY", id: s.id });
    });
    expectFinding(planting, "AUTHOR-TOTAL-LIMIT", four);
  }
  const three = [take(), ...(pair() ?? [])].flatMap((s) => s ?? []);
  const [lead] = three;
  // Exactly on the limit: nothing to find.
  if (lead) for (const s of three.slice(1)) s.authors = [first(s), { ...first(lead), role: "教师" }];
}

function keepEligible(victims: readonly DraftSubmission[]): void {
  for (const s of victims) s.authors[0] = { ...first(s), role: "教师" };
}

/** A bureau's submissions whose authors come from another district and name it. */
export function plantForeignRegion(planting: Planting): void {
  const s = planting.take(ofDistrict);
  const other = planting.take((o) => ofDistrict(o) && o.unit !== s?.unit && o.unit.parent !== s?.unit.parent);
  if (!s || !other) return;
  s.authors = [first(s), { ...planting.source.people.create(other.unit, "小学"), role: "教师" }];
  insertInto("application", () => `到${other.unit.place}交流。`)(s, planting);
  expectFinding(planting, "ANON-REGION", [s], "error");
}
