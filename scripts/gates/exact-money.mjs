// No floating point comes near a price: in the rooms that reckon with money there is no decimal
// literal, no rounding of floats, and no division but where it is exact.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { filesBelow, inRoot } from '../lib/workspace.mjs';

const core = 'packages/core/src';
const rooms = ['pricing', 'ledger', 'gift-cards', 'orders'].map((room) => `${core}/${room}`);
const files = [
  `${core}/kernel/money.ts`,
  `${core}/kernel/currency.ts`,
  ...['selection', 'line-prices', 'demand', 'contents'].map(
    (name) => `${core}/inventory/${name}.ts`,
  ),
];
/**
 * Where numbers are divided: amounts by BigInt, and into shares whose remainder was taken off
 * before; and the bits of a gift card's code, which are no amount.
 */
const divides = ['kernel/money.ts', 'pricing/shares.ts', 'gift-cards/code.ts'].map(
  (name) => `${core}/${name}`,
);

const floating = new Set([...['parseFloat', 'toFixed', 'toPrecision', 'toExponential', 'EPSILON']]);
/** The functions of `Math` that leave whole numbers whole; the others have no use for them. */
const exactMath = new Set(['abs', 'max', 'min', 'sign']);
const divisions = new Set(['SlashToken', 'SlashEqualsToken']);
const powers = new Set(['AsteriskAsteriskToken', 'AsteriskAsteriskEqualsToken']);

/** Loaded when it is used: on a bare machine this file is read before anything is installed. */
function typescript() {
  return createRequire(import.meta.url)('typescript');
}

/** What of a node is floating point, or may be. */
function faultOf(ts, node, path) {
  if (ts.isNumericLiteral(node) && !Number.isInteger(Number(node.text))) return node.text;
  if (ts.isIdentifier(node) && floating.has(node.text)) return node.text;
  if (
    ts.isPropertyAccessExpression(node) &&
    node.expression.getText() === 'Math' &&
    !exactMath.has(node.name.text)
  ) {
    return `Math.${node.name.text}`;
  }
  if (!ts.isBinaryExpression(node)) return undefined;
  const operator = ts.SyntaxKind[node.operatorToken.kind];
  if (divisions.has(operator) && !divides.includes(path)) return '/';
  // A whole number to a whole power stays exact as a bigint only.
  if (powers.has(operator) && !ts.isBigIntLiteral(node.left)) return '**';
  return undefined;
}

/** The places in a file's text where an amount may stop being exact, as `path:line: what`. */
export function findFloats(path, text) {
  const ts = typescript();
  const source = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found = [];
  const visit = (node) => {
    const fault = faultOf(ts, node, path);
    if (fault !== undefined) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      found.push(`${path}:${line + 1}: ${fault}`);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

export function checkExactMoney() {
  const isSource = (path) => path.endsWith('.ts') && !path.endsWith('.test.ts');
  return [...files, ...rooms.flatMap((room) => filesBelow(room, isSource))].flatMap((path) =>
    findFloats(path, readFileSync(inRoot(path), 'utf8')),
  );
}
