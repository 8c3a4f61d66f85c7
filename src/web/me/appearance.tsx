import { Radio, useMantineColorScheme } from '@mantine/core'
import { useWords } from '#web/words.tsx'
import classes from './appearance.module.css'

const SCHEMES = ['auto', 'light', 'dark'] as const

export function Appearance() {
  const { say } = useWords()
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  return (
    <Radio.Group
      aria-labelledby="appearance"
      value={colorScheme}
      onChange={(scheme) => setColorScheme(scheme as (typeof SCHEMES)[number])}
    >
      <div className={classes.choices}>
        {SCHEMES.map((scheme) => (
          <Radio key={scheme} value={scheme} label={say(`web.appearance.${scheme}`)} />
        ))}
      </div>
    </Radio.Group>
  )
}
