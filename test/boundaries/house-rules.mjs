// Lint rules of this house that no package has.

const DIRECTIVE = /^\s*eslint(?:-disable(?:-next-line|-line)?|-env)?(?:\s|$)/u;
const REASON = /\s--\s+\S.{9,}/su;

/** `eslint-disable…` and inline configuration say why: `// eslint-disable-next-line rule -- the reason`. */
const suppressionReason = {
  meta: {
    type: 'suggestion',
    schema: [],
    messages: {
      reason: 'Name the rules and say why: "eslint-disable-next-line rule -- the reason".',
    },
  },
  create(context) {
    return {
      Program() {
        for (const comment of context.sourceCode.getAllComments()) {
          if (!DIRECTIVE.test(comment.value)) continue;
          const named = /^\s*eslint\S*\s+[@a-z]/u.test(comment.value.replace(REASON, ''));
          if (named && REASON.test(comment.value)) continue;
          // A column before the line's first: no directive reaches it, so that none can silence this rule.
          const start = { line: comment.loc.start.line, column: -1 };
          context.report({ loc: { start, end: comment.loc.end }, messageId: 'reason' });
        }
      },
    };
  },
};

export const houseRules = { rules: { 'suppression-reason': suppressionReason } };
