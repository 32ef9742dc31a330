module.exports = {
  plugins: {
    'postcss-preset-mantine': {},
    'postcss-simple-vars': {
      // The same numbers as `breakpoints` in src/ui/theme.ts; theme.test.ts compares them.
      variables: { phone: '40em', narrow: '75em' },
    },
  },
};
