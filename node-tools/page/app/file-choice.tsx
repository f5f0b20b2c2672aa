import type { KeptFile } from "../protocol.ts";

/** What was there before a file took its place is offered only where nothing else is. */
export function withoutBackups(files: readonly KeptFile[]): readonly KeptFile[] {
  const present = files.filter(({ path }) => !/\.bak\.\w+$/.test(path));
  return present.length > 0 ? present : files;
}

/** Which of several files of a kind is worked at; nothing where there is one. */
export function FileChoice(props: {
  readonly label: string;
  readonly files: readonly KeptFile[];
  readonly path: string;
  choose(path: string): void;
}) {
  const { label, files, path, choose } = props;
  if (files.length < 2) return null;
  return (
    <select aria-label={label} value={path} onChange={(event) => choose(event.currentTarget.value)}>
      {files.map((each) => (
        <option key={each.path} value={each.path}>
          {each.path}
        </option>
      ))}
    </select>
  );
}
