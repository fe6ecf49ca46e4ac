import { tagHighlighter, tags as t } from "@lezer/highlight";

/**
 * Which class a piece of source gets. The colours are in the view's editor.css, from the variables of the
 * theme, so that light, dark and print need no second style.
 */
export const cellHighlighter = tagHighlighter([
  { tag: [t.comment, t.meta, t.documentMeta], class: "tok-comment" },
  { tag: [t.keyword, t.modifier, t.operatorKeyword, t.self], class: "tok-keyword" },
  { tag: [t.string, t.special(t.string), t.attributeValue], class: "tok-string" },
  { tag: [t.regexp, t.escape, t.url, t.character, t.monospace], class: "tok-escape" },
  { tag: [t.number, t.bool, t.null, t.atom, t.unit], class: "tok-number" },
  {
    tag: [t.definition(t.variableName), t.definition(t.propertyName), t.className, t.labelName],
    class: "tok-definition",
  },
  { tag: [t.function(t.variableName), t.function(t.propertyName)], class: "tok-call" },
  { tag: [t.typeName, t.namespace, t.standard(t.name)], class: "tok-type" },
  { tag: [t.tagName, t.angleBracket], class: "tok-keyword" },
  { tag: [t.attributeName, t.propertyName], class: "tok-property" },
  { tag: [t.operator, t.punctuation, t.bracket, t.separator], class: "tok-mark" },
  { tag: t.heading, class: "tok-heading" },
  { tag: t.strong, class: "tok-strong" },
  { tag: t.emphasis, class: "tok-emphasis" },
  { tag: t.strikethrough, class: "tok-strike" },
  { tag: t.link, class: "tok-link" },
  { tag: [t.processingInstruction, t.contentSeparator], class: "tok-mark" },
  { tag: t.invalid, class: "tok-invalid" },
]);
