import { accountKey, nameAndUnitKey, personNameKey } from "../text/identity.ts";

/** What an entry says about a person; `account` is "" when it is missing or ruined. */
export interface PersonEntry {
  readonly name: string;
  readonly unit: string;
  readonly account: string;
}

/**
 * Who is who (DESIGN §3): a person is identified by the account; an entry without one is the person of that name and
 * unit, and is merged with the only account that has the same name and unit. An entry with a name alone identifies
 * nobody outside its own row (`scope`): namesakes must not be counted together.
 *
 * @param entries all entries that vouch for accounts
 * @returns a function that gives equal strings for one person
 */
export function makePersonIdentifier(entries: Iterable<PersonEntry>): (entry: PersonEntry, scope: string) => string {
  const accounts = new Map<string, string | null>();
  for (const entry of entries) {
    if (entry.account === "" || entry.name === "" || entry.unit === "") continue;
    const person = accountKey(entry.account);
    const nameAndUnit = nameAndUnitKey(entry.name, entry.unit);
    const known = accounts.get(nameAndUnit);
    accounts.set(nameAndUnit, known === undefined || known === person ? person : null);
  }
  return (entry, scope) => {
    if (entry.account !== "") return accountKey(entry.account);
    if (entry.unit === "") return `name:${personNameKey(entry.name)}\u0001${scope}`;
    const nameAndUnit = nameAndUnitKey(entry.name, entry.unit);
    return accounts.get(nameAndUnit) ?? `name:${nameAndUnit}`;
  };
}
