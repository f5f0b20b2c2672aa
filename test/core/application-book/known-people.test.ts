import { expect, test } from "vitest";
import { findKnownPeople } from "../../../apps-script/core/application-book/known-people.ts";
import { makeAward } from "../award-builder.ts";

test("who has no account is known by name and unit, and not by one of them", () => {
  const largest = (unit: string | null) =>
    findKnownPeople(
      makeAward({ submissions: [{ "author1.name": "柳知远", "author1.unit": unit, "author1.account": null }] })
        .submissions,
    ).largest;
  expect([largest("兴庆区梧桐实验小学"), largest(null)]).toEqual([2, 1]);
});
