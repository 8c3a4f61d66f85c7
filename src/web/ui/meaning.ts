/** What a colour says, in each scheme. Components use these names and no others. */
type Meaning = Record<`--${string}`, string>

const ink = (step: number) => `var(--mantine-color-ink-${step})`
const thread = (step: number) => `var(--mantine-color-thread-${step})`
const moss = (step: number) => `var(--mantine-color-moss-${step})`
const ochre = (step: number) => `var(--mantine-color-ochre-${step})`
const brick = (step: number) => `var(--mantine-color-brick-${step})`
const dark = (step: number) => `var(--mantine-color-dark-${step})`

export const LIGHT: Meaning = {
  '--page': '#ffffff',
  '--sunk': ink(0),
  '--raised': '#ffffff',
  '--hover': ink(1),
  '--scrim': 'rgb(251 251 249 / .72)',
  '--face': ink(2),
  '--text': ink(9),
  '--soft': ink(7),
  '--dim': ink(6),
  '--hair': ink(2),
  '--rule': ink(3),
  '--control': ink(5),
  '--track': ink(4),
  '--button': ink(9),
  '--on-button': '#ffffff',
  '--taken': ink(8),
  '--on-taken': '#ffffff',
  '--line': thread(6),
  '--on-line': '#ffffff',
  '--line-soft': thread(0),
  '--line-text': thread(7),
  '--good': moss(6),
  '--good-text': moss(7),
  '--warn': ochre(6),
  '--warn-text': ochre(7),
  '--warn-soft': ochre(0),
  '--bad': brick(6),
  '--bad-text': brick(7),
  '--bad-soft': brick(0),
  '--shadow-md': '0 2px 6px #1919170f, 0 12px 32px #1919171a',
  '--shadow-lg': '0 4px 12px #1919170f, -16px 0 64px #1919171f',
}

export const DARK: Meaning = {
  '--page': dark(9),
  '--sunk': dark(8),
  '--raised': dark(7),
  '--hover': '#262624',
  '--scrim': 'rgb(12 12 11 / .66)',
  '--face': '#343431',
  '--text': dark(0),
  '--soft': dark(1),
  '--dim': dark(2),
  '--hair': dark(6),
  '--rule': dark(5),
  '--control': dark(3),
  '--track': dark(4),
  '--button': dark(0),
  '--on-button': '#191917',
  '--taken': '#d9d9d3',
  '--on-taken': '#191917',
  '--line': thread(3),
  '--on-line': '#11163a',
  '--line-soft': '#1d2240',
  '--line-text': thread(2),
  '--good': moss(4),
  '--good-text': moss(3),
  '--warn': ochre(4),
  '--warn-text': ochre(3),
  '--warn-soft': '#2a2213',
  '--bad': brick(4),
  '--bad-text': brick(3),
  '--bad-soft': '#2e1a15',
  '--shadow-md': '0 12px 32px rgb(0 0 0 / .5)',
  '--shadow-lg': '-16px 0 64px rgb(0 0 0 / .55)',
}
