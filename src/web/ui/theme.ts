import { Button, type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core'
import { DARK, LIGHT } from './meaning.ts'
import classes from './theme.module.css'

const ramps: Record<string, MantineColorsTuple> = {
  ink: ['#fbfbf9', '#f4f4f1', '#eaeae5', '#dcdcd6', '#bdbdb6', '#86867f', '#62625c', '#474742', '#2d2d2a', '#191917'],
  thread: [
    '#eff2ff',
    '#dde4ff',
    '#bac6fe',
    '#96a8fc',
    '#7289f6',
    '#4e67ec',
    '#3048db',
    '#2639b9',
    '#1e2c90',
    '#151e64',
  ],
  moss: ['#eef6f0', '#d9ecdf', '#b5d9c1', '#8cc6a2', '#64ab80', '#4a9468', '#377d55', '#286744', '#1d4e33', '#133724'],
  ochre: ['#fdf6e6', '#f9e9c4', '#f2d591', '#e6bb5e', '#d29e33', '#bd8517', '#a06d0b', '#7f5508', '#5f3f06', '#432c04'],
  brick: ['#fdf1ee', '#fadfd8', '#f5c0b4', '#f0a08f', '#e27a64', '#d45a41', '#bf412a', '#9f301c', '#792415', '#54190e'],
  dark: ['#eeeeea', '#cfcfc9', '#a5a59e', '#7b7b74', '#55554f', '#383835', '#2a2a28', '#1f1f1d', '#1a1a19', '#151514'],
}

const SERIF = "'Source Serif 4 Variable', 'Source Serif 4', Georgia, serif"
const SANS = "'Inter Variable', Inter, system-ui, sans-serif"

/** The one dark thing on a page: the next thing to do. */
const INK = { '--button-bg': 'var(--button)', '--button-hover': 'var(--button)', '--button-color': 'var(--on-button)' }

/** The design language in the library's terms. What is used by components has its meaning in `meaning.ts`. */
export const theme = createTheme({
  primaryColor: 'ink',
  primaryShade: { light: 9, dark: 0 },
  autoContrast: true,
  black: '#191917',
  white: '#ffffff',
  colors: ramps,
  fontFamily: SANS,
  fontSizes: { xs: '12px', sm: '13px', md: '15px', lg: '17px', xl: '20px' },
  lineHeights: { xs: '1.42', sm: '1.54', md: '1.53', lg: '1.42', xl: '1.35' },
  headings: {
    fontFamily: SERIF,
    fontWeight: '400',
    sizes: {
      h1: { fontSize: '36px', lineHeight: '44px' },
      h2: { fontSize: '25px', lineHeight: '32px' },
      h3: { fontSize: '20px', lineHeight: '27px' },
      h4: { fontSize: '17px', lineHeight: '24px', fontWeight: '450' },
    },
  },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '40px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '10px', xl: '16px' },
  defaultRadius: 'md',
  shadows: {
    sm: '0 1px 2px #1919170f, 0 2px 8px #1919170d',
    md: '0 2px 6px #1919170f, 0 12px 32px #1919171a',
    lg: '0 4px 12px #1919170f, -16px 0 64px #1919171f',
  },
  respectReducedMotion: true,
  cursorType: 'pointer',
  components: {
    Button: Button.extend({
      defaultProps: { variant: 'default' },
      classNames: { root: classes.button },
      vars: (_, { variant }) => ({ root: variant === 'filled' ? INK : {} }),
    }),
    // Named, not imported: pages that have none of these need not load them.
    Radio: { classNames: { radio: classes.check } },
    Checkbox: { classNames: { input: classes.check } },
    Input: { classNames: { input: classes.input } },
    InputWrapper: {
      classNames: {
        label: classes.label,
        description: classes.description,
        error: classes.error,
        required: classes.required,
      },
    },
  },
})

/** Maps meaning to ramps, once for each scheme; and the library's own names to the same meanings. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--serif': SERIF,
    '--sans': SANS,
    '--ease': 'cubic-bezier(.2,.7,.2,1)',
    '--quick': '120ms',
    '--draw': '420ms',
    '--mantine-primary-color-filled': 'var(--button)',
    '--mantine-primary-color-contrast': 'var(--on-button)',
    '--mantine-color-body': 'var(--page)',
    '--mantine-color-text': 'var(--text)',
    '--mantine-color-dimmed': 'var(--dim)',
    '--mantine-color-placeholder': 'var(--dim)',
    '--mantine-color-error': 'var(--bad-text)',
    '--mantine-color-default': 'var(--page)',
    '--mantine-color-default-hover': 'var(--hover)',
    '--mantine-color-default-color': 'var(--text)',
    '--mantine-color-default-border': 'var(--control)',
    '--mantine-color-disabled': 'var(--hover)',
    '--mantine-color-disabled-color': 'var(--dim)',
    '--mantine-color-disabled-border': 'var(--rule)',
  },
  light: LIGHT,
  dark: DARK,
})
