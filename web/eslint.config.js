import js from '@eslint/js';
import importX from 'eslint-plugin-import-x';
import jsxA11y from 'eslint-plugin-jsx-a11y';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import { readdirSync } from 'node:fs';
import tseslint from 'typescript-eslint';

const features = readdirSync(new URL('src/features', import.meta.url), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);

// Each zone says why. A feature meets another one only through the app or the API.
const zones = [
  ...features.map((name) => ({ target: `./src/features/${name}`, from: './src/features', except: [`./${name}`], message: 'Features do not import each other; share through ui, lib or the API cache.' })),
  { target: './src/features', from: './src/app', except: ['./frame/useFrame.ts'], message: 'A feature does not know the frame it stands in (useFrame is its door to drawer and palette).' },
  { target: './src/ui', from: ['./src/features', './src/app', './src/api'], message: 'The kit knows no feature, no app and no API.' },
  { target: './src/api', from: ['./src/features', './src/app', './src/ui'], message: 'The client knows no screen.' },
  { target: './src/lib', from: ['./src/features', './src/app', './src/api', './src/ui'], message: 'lib imports nothing of src.' },
];

const words = 'Words belong in src/app/i18n, in both languages.';

export default tseslint.config(
  { ignores: ['dist', 'e2e/.shots', 'src/api/schema.d.ts'] },
  js.configs.recommended,
  ...tseslint.configs.recommendedTypeChecked,
  { languageOptions: { globals: { ...globals.browser, ...globals.node }, parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname } } },
  jsxA11y.flatConfigs.strict,
  reactHooks.configs.flat['recommended-latest'],
  {
    files: ['**/*.{ts,tsx}'],
    plugins: { 'import-x': importX },
    settings: { 'import-x/resolver': { typescript: { project: './tsconfig.json' } } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }],
      '@typescript-eslint/consistent-type-imports': 'error',
      'import-x/no-restricted-paths': ['error', { zones }],
      // The grid pattern: a native table that is steered by keys, and rows that take the focus.
      'jsx-a11y/no-noninteractive-element-to-interactive-role': ['error', { table: ['grid'] }],
      'jsx-a11y/no-noninteractive-tabindex': ['error', { tags: ['tr', 'main', 'h2'], roles: [] }],
      'jsx-a11y/no-noninteractive-element-interactions': ['error', { handlers: ['onClick', 'onKeyDown'], tr: ['onClick'] }],
      'jsx-a11y/click-events-have-key-events': 'error',
    },
  },
  {
    files: ['src/**/*.tsx'],
    ignores: ['**/*.test.tsx'],
    rules: {
      'max-lines': ['error', { max: 120, skipComments: true, skipBlankLines: true }],
      'no-restricted-syntax': ['error',
        { selector: 'JSXText[value=/[A-Za-z가-힣]{2,}/]', message: words },
        { selector: 'JSXAttribute[name.name=/^(aria-label|title|placeholder|label|alt|description)$/] > Literal[value=/[A-Za-z가-힣]{2,}/]', message: words },
        { selector: 'BinaryExpression[operator="+"] > CallExpression[callee.name="t"]', message: 'No sentence is put together from pieces.' },
      ],
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], ...tseslint.configs.disableTypeChecked },
);
