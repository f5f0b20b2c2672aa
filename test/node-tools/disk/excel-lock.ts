/** What Excel writes beside a workbook that it holds: a length and a name in the system's code page, then in UTF-16. */
export function excelLock(owner: string): Buffer {
  const lock = Buffer.alloc(165, 0x20);
  lock[0] = owner.length;
  lock.writeUInt16LE(owner.length, 55);
  lock.write(owner, 57, "utf16le");
  return lock;
}
