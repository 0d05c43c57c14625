import { Button, Stack, Text, Title } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useMe } from '../auth/use-me.js';
import classes from './catalog.module.css';

/** An empty platform shows what to do next, not empty tables. */
export function FirstSteps() {
  const { t } = useTranslation();
  const { isAdmin } = useMe();
  const steps = [
    { name: 'labs', to: '/authoring', for: true },
    { name: 'people', to: '/people', for: isAdmin },
    { name: 'start', to: undefined, for: true },
  ] as const;
  return (
    <div className={classes.firstSteps}>
      <Title order={2}>{t('catalog.empty')}</Title>
      <Text c="dimmed">{t('catalog.emptyStaff')}</Text>
      <ol>
        {steps
          .filter((step) => step.for)
          .map(({ name, to }) => (
            <li key={name}>
              <Stack gap="xs" flex={1}>
                <Text fw={600}>{t(`catalog.step.${name}`)}</Text>
                <Text size="sm" c="dimmed">
                  {t(`catalog.step.${name}Text`)}
                </Text>
              </Stack>
              {to !== undefined && (
                <Button component={Link} to={to} variant={name === 'labs' ? 'filled' : 'default'}>
                  {t(`catalog.step.${name}`)}
                </Button>
              )}
            </li>
          ))}
      </ol>
    </div>
  );
}
