import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const sourceFiles = (folder) =>
  readdirSync(folder, { recursive: true })
    .filter((name) => /\.tsx?$/.test(name) && !/\.(test|d)\.tsx?$/.test(name))
    .map((name) => join(folder, name));

/** `t('key', 'English')`: both must be written out, or no tool can find them. */
const callOf = (node) => {
  if (!ts.isCallExpression(node) || node.expression.getText() !== 't') return undefined;
  const [key, english] = node.arguments;
  if (key === undefined || !ts.isStringLiteral(key)) return { bad: node.getText() };
  if (english === undefined || !ts.isStringLiteralLike(english)) return { bad: node.getText() };
  return { key: key.text, english: english.text };
};

/** `<Trans i18nKey="key">English</Trans>`. */
const elementOf = (node) => {
  if (!ts.isJsxElement(node) || node.openingElement.tagName.getText() !== 'Trans') return undefined;
  const key = node.openingElement.attributes.properties.find(
    (property) => property.name?.getText() === 'i18nKey',
  )?.initializer;
  const [child, ...others] = node.children;
  if (key === undefined || !ts.isStringLiteral(key)) return { bad: node.getText() };
  if (others.length > 0 || child === undefined || !ts.isJsxText(child))
    return { bad: node.getText() };
  return { key: key.text, english: child.text.replace(/\s+/g, ' ').trim() };
};

/** Every text in the code under `folder`: `texts` by key, and `bad` uses that cannot be read without running the code. */
export const textsInCode = (folder) => {
  const texts = new Map();
  const bad = [];
  const visit = (node) => {
    const found = callOf(node) ?? elementOf(node);
    if (found?.bad !== undefined) bad.push(found.bad);
    else if (found !== undefined) {
      const before = texts.get(found.key);
      if (before !== undefined && before !== found.english)
        bad.push(`${found.key}: "${before}" and "${found.english}"`);
      texts.set(found.key, found.english);
    }
    ts.forEachChild(node, visit);
  };
  for (const file of sourceFiles(folder)) {
    const kind = file.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS;
    visit(
      ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.ES2022, true, kind),
    );
  }
  return { texts, bad };
};
