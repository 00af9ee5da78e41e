import ts from 'typescript';
import { ProblemsError } from '../foundation/problem';

/** What a new environment's file differs in from the one that it is derived from. */
export interface NewEnvironment {
  readonly name: string;
  readonly cidr: string;
}

/**
 * The text of a new environment's file: the other's, with the constant's name, `name` and `network.cidr` replaced where the
 * parser finds them. Everything else stays as it was written, with its comments.
 *
 * @param file of the source, for errors
 * @throws {ProblemsError} if the source does not write these three out
 */
export function deriveEnvironment(source: string, file: string, { name, cidr }: NewEnvironment): string {
  const parsed = parse(source);
  const constant = exportedConstant(parsed);
  const settings = constant?.initializer;
  const nameText = textOf(property(settings, 'name'));
  const cidrText = textOf(property(property(settings, 'network'), 'cidr'));
  const isWhole = settings !== undefined && writesOut(settings) && writesOut(property(settings, 'network'));
  const isReferred = constant !== undefined && timesNamed(parsed, constant.name.getText(parsed)) > 1;
  if (constant === undefined || nameText === undefined || cidrText === undefined || !isWhole || isReferred) {
    throw new ProblemsError([
      {
        path: file,
        reason: 'does not export one constant, named nowhere else in the file, with name and network.cidr written out',
        remedy: 'derive from another environment, or copy this one by hand',
      },
    ]);
  }
  return replace(source, [
    { ...rangeOf(constant.name, parsed), text: constantName(name) },
    { ...rangeOf(nameText, parsed), text: `'${name}'` },
    { ...rangeOf(cidrText, parsed), text: `'${cidr}'` },
  ]);
}

/**
 * The text of `index.ts` with one more environment: its import, in the order of names, and its word at the end of the list.
 *
 * @throws {ProblemsError} if there is no such list, or the constant's name is taken
 */
export function addToIndex(index: string, file: string, name: string): string {
  const parsed = parse(index);
  const list = parsed.statements
    .flatMap(constantsOf)
    .find((each) => each.name.getText(parsed) === 'environments')?.initializer;
  if (list === undefined || !ts.isArrayLiteralExpression(list)) {
    const remedy = 'restore "export const environments = [dev, …]", or add the environment by hand';
    throw new ProblemsError([{ path: file, reason: 'has no list named environments', remedy }]);
  }
  const constant = constantName(name);
  const imports = parsed.statements.filter(ts.isImportDeclaration);
  if (imports.some((each) => importedNames(each).includes(constant))) {
    const reason = `already imports a constant ${constant}, which is how "${name}" is written in TypeScript`;
    throw new ProblemsError([{ path: file, reason, remedy: 'choose another name' }]);
  }
  const line = `import { ${constant} } from './${name}';\n`;
  const next = imports.find((each) => moduleOf(each) > `./${name}`);
  const last = list.elements.at(-1);
  return replace(index, [
    insertion(next?.getStart(parsed) ?? (imports.at(-1)?.end ?? -1) + 1, line),
    last === undefined ? insertion(list.getStart(parsed) + 1, constant) : insertion(last.end, `, ${constant}`),
  ]);
}

/** `blue-green` as `blueGreen`; a word of TypeScript gets a second one, because no constant can have it for a name. */
export function constantName(name: string): string {
  const camelCase = name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
  const scanner = ts.createScanner(ts.ScriptTarget.Latest, true, ts.LanguageVariant.Standard, camelCase);
  const isFree = scanner.scan() === ts.SyntaxKind.Identifier && !NO_BINDINGS.includes(camelCase);
  return isFree ? camelCase : `${camelCase}Environment`;
}

/** Identifiers that a module may not declare (ECMA-262, "Static Semantics: Early Errors" of strict code), and the name of the list. */
const NO_BINDINGS = ['eval', 'arguments', 'environments'];

interface Replacement {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

function replace(source: string, replacements: readonly Replacement[]): string {
  return [...replacements]
    .sort((a, b) => b.start - a.start)
    .reduce((text, { start, end, text: by }) => text.slice(0, start) + by + text.slice(end), source);
}

function insertion(at: number, text: string): Replacement {
  return { start: at, end: at, text };
}

function parse(text: string): ts.SourceFile {
  return ts.createSourceFile('environment.ts', text, ts.ScriptTarget.Latest, true);
}

function rangeOf(node: ts.Node, file: ts.SourceFile): Pick<Replacement, 'start' | 'end'> {
  return { start: node.getStart(file), end: node.end };
}

function constantsOf(statement: ts.Statement): readonly ts.VariableDeclaration[] {
  const isExported =
    ts.isVariableStatement(statement) &&
    statement.modifiers?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword) === true;
  return isExported ? statement.declarationList.declarations : [];
}

/** The one constant that the file exports. */
function exportedConstant(file: ts.SourceFile): ts.VariableDeclaration | undefined {
  const constants = file.statements.flatMap(constantsOf);
  return constants.length === 1 ? constants[0] : undefined;
}

/** False if other settings are spread into these: they may win over what is written here. */
function writesOut(node: ts.Expression | undefined): boolean {
  return node !== undefined && ts.isObjectLiteralExpression(node) && !node.properties.some(ts.isSpreadAssignment);
}

function timesNamed(file: ts.SourceFile, name: string): number {
  let times = 0;
  const visit = (node: ts.Node): void => {
    const isKey = ts.isPropertyAssignment(node.parent) && node.parent.name === node;
    if (ts.isIdentifier(node) && node.text === name && !isKey) times += 1;
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);
  return times;
}

function property(node: ts.Expression | undefined, key: string): ts.Expression | undefined {
  if (node === undefined || !ts.isObjectLiteralExpression(node)) return undefined;
  return node.properties
    .filter(ts.isPropertyAssignment)
    .find(({ name }) => (ts.isIdentifier(name) || ts.isStringLiteral(name)) && name.text === key)?.initializer;
}

function textOf(node: ts.Expression | undefined): ts.StringLiteralLike | undefined {
  return node !== undefined && ts.isStringLiteralLike(node) ? node : undefined;
}

function moduleOf({ moduleSpecifier }: ts.ImportDeclaration): string {
  return ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : '';
}

function importedNames({ importClause }: ts.ImportDeclaration): string[] {
  const bindings = importClause?.namedBindings;
  return bindings !== undefined && ts.isNamedImports(bindings) ? bindings.elements.map(({ name }) => name.text) : [];
}
