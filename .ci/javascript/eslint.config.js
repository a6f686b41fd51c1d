import js from "@eslint/js";

const ours = {
  files: ["workbench/sandbox/**/*.js"],
  ignores: ["workbench/sandbox/acorn/acorn.js"],
};

export default [
  { ...js.configs.recommended, ...ours },
  {
    ...ours,
    languageOptions: { sourceType: "script", globals: { InternalError: "readonly" } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    rules: {
      eqeqeq: "error",
      "no-implicit-globals": "error",
      "no-unused-vars": ["error", { ignoreRestSiblings: true }],
      "no-use-before-define": ["error", { functions: false, variables: false }],
      "prefer-const": "error",
    },
  },
  {
    files: ["workbench/sandbox/rhino/rhino_*.js"], // for Rhino 1.7.14: ECMAScript 5
    languageOptions: {
      ecmaVersion: 5,
      globals: {
        Packages: "readonly",
        arguments: "readonly",
        print: "readonly",
        readFile: "readonly",
      },
    },
  },
];
