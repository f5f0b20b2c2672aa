const light = 5;
const cellCall = 60;
const cellCost = 0.0005;

const heavy = new Map([
  ["SpreadsheetApp.create", 900],
  ["SpreadsheetApp.openById", 900],
  ["SpreadsheetApp.flush", 200],
  ["MailApp.sendEmail", 300],
  ["DriveApp.getFileById", 300],
  ["DriveApp.getFolderById", 300],
  ["DriveApp.createFolder", 600],
  ["File.getBlob", 300],
  ["File.setSharing", 400],
  ["File.setShareableByEditors", 400],
  ["File.addEditor", 400],
  ["File.addViewer", 400],
  ["File.removeEditor", 400],
  ["File.removeViewer", 400],
  ["File.moveTo", 400],
  ["Folder.createFile", 600],
  ["ScriptApp.newTrigger", 300],
]);

/**
 * Milliseconds of the virtual clock that a service call takes. Rough figures of what people report of the platform: the
 * clock is there to make long actions meet the time limits, not to forecast their duration.
 *
 * @param cells how many cells a call moves, when known
 */
export function costOf(method: string, movesCells: boolean, cells: number): number {
  return heavy.get(method) ?? (movesCells ? cellCall + cells * cellCost : light);
}
