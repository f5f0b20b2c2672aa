// The slips of a careless programmer, each as a place in a source file and the text that would stand there instead.
import { createHash } from "node:crypto";
import ts from "typescript";

const K = ts.SyntaxKind;

/** What stands in place of an operator: the boundary, the opposite, the other of two. */
const otherOperators = new Map([
  [K.LessThanToken, ["<=", ">="]],
  [K.LessThanEqualsToken, ["<", ">"]],
  [K.GreaterThanToken, [">=", "<="]],
  [K.GreaterThanEqualsToken, [">", "<"]],
  [K.EqualsEqualsEqualsToken, ["!=="]],
  [K.ExclamationEqualsEqualsToken, ["==="]],
  [K.AmpersandAmpersandToken, ["||"]],
  [K.BarBarToken, ["&&"]],
  [K.PlusToken, ["-"]],
  [K.MinusToken, ["+"]],
  [K.AsteriskToken, ["/"]],
  [K.SlashToken, ["*"]],
  [K.PlusEqualsToken, ["-="]],
  [K.MinusEqualsToken, ["+="]],
]);
const otherMethods = { some: "every", every: "some", max: "min", min: "max" };
const droppedMethods = ["filter", "sort", "toSorted", "reverse", "slice", "trim", "toLowerCase", "toUpperCase"];

const hasChinese = (text) => /[\u3000-\u9fff\uff00-\uffef]/.test(text);
const isText = (node) =>
  ts.isStringLiteral(node) || ts.isTemplateExpression(node) || ts.isNoSubstitutionTemplateLiteral(node);
const joinsTexts = (node) =>
  isText(node) || (ts.isBinaryExpression(node) && (joinsTexts(node.left) || joinsTexts(node.right)));
/** A text of types, imports, property names or errors that no user reads is no value of the program. */
function isValue(node) {
  const { parent } = node;
  if (ts.isLiteralTypeNode(parent) || ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent)) return false;
  if (ts.isExternalModuleReference(parent) || ts.isImportAttribute(parent) || ts.isEnumMember(parent)) return false;
  if (ts.isExpressionStatement(parent) || parent.name === node) return false;
  return !(ts.isNewExpression(parent) && parent.expression.getText().endsWith("Error"));
}

/** Whether the compiler lets one write it: an emptied word of a union, or `a` for `a ?? b`, it often refuses. */
function isRefused(checker, node, mutated) {
  if (ts.isStringLiteral(node) && mutated === '""') {
    const empty = checker.getStringLiteralType("");
    const fits = (type) => checker.isTypeAssignableTo(empty, type);
    const { parent } = node;
    const isComparison =
      ts.isBinaryExpression(parent) &&
      [K.EqualsEqualsEqualsToken, K.ExclamationEqualsEqualsToken].includes(parent.operatorToken.kind);
    if (isComparison) return !fits(checker.getTypeAtLocation(parent.left === node ? parent.right : parent.left));
    const expected = checker.getContextualType(node);
    return expected !== undefined && !fits(expected);
  }
  if (
    ts.isBinaryExpression(node) &&
    node.operatorToken.kind === K.QuestionQuestionToken &&
    mutated === node.left.getText()
  ) {
    let outer = node;
    while (ts.isParenthesizedExpression(outer.parent)) outer = outer.parent;
    const isOperand =
      ts.isBinaryExpression(outer.parent) && /^([-+*/<>]|[<>]=)$/.test(outer.parent.operatorToken.getText());
    const isOwner =
      (ts.isPropertyAccessExpression(outer.parent) || ts.isElementAccessExpression(outer.parent)) &&
      outer.parent.expression === outer;
    const isIterated = ts.isSpreadElement(outer.parent) || ts.isForOfStatement(outer.parent);
    if (isOperand || isOwner || isIterated) return true;
    const expected = checker.getContextualType(node);
    return expected !== undefined && !checker.isTypeAssignableTo(checker.getTypeAtLocation(node.left), expected);
  }
  return false;
}

/** Mutations of one node: texts that replace it. A statement is replaced as a whole, everything else as an expression. */
function* mutationsOf(node, source) {
  const text = (n) => source.text.slice(n.getStart(source), n.end);
  const replace = (part, by) =>
    source.text.slice(node.getStart(source), part.getStart(source)) + by + source.text.slice(part.end, node.end);

  if (ts.isBinaryExpression(node)) {
    const { left, operatorToken } = node;
    const isArithmetic = [K.PlusToken, K.PlusEqualsToken].includes(operatorToken.kind);
    if (!(isArithmetic && joinsTexts(node)))
      for (const other of otherOperators.get(operatorToken.kind) ?? []) yield replace(operatorToken, other);
    if (operatorToken.kind === K.QuestionQuestionToken) yield text(left);
  }
  if (ts.isPrefixUnaryExpression(node) && node.operator === K.ExclamationToken) yield text(node.operand);
  if (ts.isNumericLiteral(node) && isValue(node)) {
    const value = Number(node.text);
    yield String(value + 1);
    if (value > 0) yield String(value - 1);
  }
  if (ts.isStringLiteral(node) && isValue(node) && node.text !== "" && !hasChinese(node.text)) yield '""';
  // A key that leaves out its last part merges what it should keep apart.
  if (ts.isTemplateExpression(node) && node.templateSpans.length > 1 && !hasChinese(text(node)) && isValue(node)) {
    const last = node.templateSpans.at(-1).expression;
    yield replace(last, '""');
  }
  if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
    const { name, expression } = node.expression;
    const isInChain = Boolean(node.flags & ts.NodeFlags.OptionalChain);
    if (otherMethods[name.text]) yield replace(name, otherMethods[name.text]);
    if (droppedMethods.includes(name.text) && !isInChain) yield text(expression);
  }
  if (ts.isIfStatement(node) || ts.isConditionalExpression(node) || ts.isWhileStatement(node)) {
    const condition = node.expression ?? node.condition;
    yield { node: condition, by: "false" };
    if (!ts.isWhileStatement(node)) yield { node: condition, by: "true" };
  }
  const isBranch = ts.isReturnStatement(node) && (ts.isIfStatement(node.parent) || isBlockOfIf(node.parent));
  if (ts.isExpressionStatement(node) || ts.isContinueStatement(node) || ts.isThrowStatement(node) || isBranch)
    yield { node, by: "", isStatement: true };
}

const isBlockOfIf = (node) => ts.isBlock(node) && ts.isIfStatement(node.parent);

/** The files as the compiler sees them. */
export function openSources(root, files) {
  const { config } = ts.readConfigFile(`${root}/tsconfig.json`, ts.sys.readFile);
  const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, root);
  const program = ts.createProgram(
    files.map((file) => `${root}/${file}`),
    options,
  );
  return { checker: program.getTypeChecker(), sourceOf: (file) => program.getSourceFile(`${root}/${file}`) };
}

/**
 * Every mutation of a file.
 * @returns {{file: string, start: number, end: number, line: number, original: string, mutated: string,
 *   isStatement: boolean, isRefused: () => boolean, order: string}[]} `order` sorts them at random, by what they are
 *   rather than where they stand, so that a sample stays the same when the lines around it move
 */
export function findMutations(file, { checker, sourceOf }, seed) {
  const source = sourceOf(file);
  const { text } = source;
  const found = [];
  const seen = new Map();
  const add = (node, mutated, isStatement) => {
    const [start, end] = [node.getStart(source), node.end];
    const original = text.slice(start, end);
    if (original === mutated) return;
    const name = [file.split("/").at(-1), original, mutated].join("\n");
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    const order = createHash("sha256").update(`${seed}\n${name}\n${nth}`).digest("hex");
    const line = source.getLineAndCharacterOfPosition(start).line + 1;
    found.push({
      file,
      start,
      end,
      line,
      original,
      mutated,
      isStatement,
      order,
      isRefused: () => isRefused(checker, node, mutated),
    });
  };
  const visit = (node) => {
    if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return;
    for (const mutation of mutationsOf(node, source))
      if (typeof mutation === "string") add(node, mutation, false);
      else add(mutation.node, mutation.by, mutation.isStatement ?? false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/**
 * The file with all its mutations in it, each asleep until `globalThis.__mutant(id)` is true for it: one build serves
 * every mutant. `__mutant` is missing where a script of Google has no host that knows it.
 */
export function plant(text, mutations) {
  const asks = ({ id }) => `globalThis.__mutant?.(${id})`;
  const render = (from, to, inside) => {
    let written = "";
    let at = from;
    for (let i = 0; i < inside.length; ) {
      const outer = inside[i];
      const { start, end } = outer;
      const within = [];
      for (i++; i < inside.length && inside[i].start < end; i++) within.push(inside[i]);
      const original = render(start, end, within);
      written += text.slice(at, start);
      written += outer.isStatement
        ? `{if(!${asks(outer)}){${original}}}`
        : `(${asks(outer)}?(${outer.mutated}):(${original}))`;
      at = end;
    }
    return written + text.slice(at, to);
  };
  return render(
    0,
    text.length,
    [...mutations].sort((a, b) => a.start - b.start || b.end - a.end),
  );
}
