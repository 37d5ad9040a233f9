// SPDX-FileCopyrightText: 2026 The Lacuna authors
// SPDX-License-Identifier: BSD-3-Clause
// What tsc does not see: npm run lint
import tseslint from "typescript-eslint";

export default tseslint.config(
  {ignores: ["node_modules", "dist"]},
  {
    files: ["src/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked],
    languageOptions: {parserOptions: {projectService: true, tsconfigRootDir: import.meta.dirname}},
    rules: {
      // noUncheckedIndexedAccess doubts every index; here a loop's bounds or the data's schema vouch for it.
      "@typescript-eslint/no-non-null-assertion": "off",
      // A function that returns nothing may end in a call that returns nothing; a text may hold a number.
      "@typescript-eslint/no-confusing-void-expression": ["error", {ignoreArrowShorthand: true, ignoreVoidReturningFunctions: true}],
      "@typescript-eslint/restrict-template-expressions": ["error", {allowNumber: true}],
    },
    linterOptions: {reportUnusedDisableDirectives: "error"},
  },
);
