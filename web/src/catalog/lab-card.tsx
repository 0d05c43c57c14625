import type { Lab } from '@lab-orchestrator/contracts';
import { Group, Text, Title } from '@mantine/core';
import { IconClockHour4, IconSchool, IconStack2 } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { formatDuration } from '../i18n/format.js';
import classes from './catalog.module.css';
import { containsText } from './contains.js';
import { StartButton } from './start-button.js';
import { TagButton } from './tag-button.js';

export function LabCard({ lab, onTag }: { lab: Lab; onTag: (tag: string) => void }) {
  const { t } = useTranslation();
  return (
    <article className={classes.card}>
      <Title order={2} className={classes.cardTitle}>
        <Link to="/labs/$labId" params={{ labId: lab.id }}>
          {lab.title}
        </Link>
      </Title>
      <Text size="sm" c="dimmed" lineClamp={3} className={classes.summary}>
        {lab.summary}
      </Text>
      <ul className={classes.facts}>
        <li>
          <IconSchool size={16} aria-hidden />
          {t(`app.level.${lab.level}`)}
        </li>
        <li>
          <IconClockHour4 size={16} aria-hidden />
          {t('catalog.duration', { duration: formatDuration(lab.durationS) })}
        </li>
        <li>
          <IconStack2 size={16} aria-hidden />
          {containsText(lab, t)}
        </li>
      </ul>
      <Group gap="xs" className={classes.cardTags}>
        {lab.tags.map((tag) => (
          <TagButton key={tag} tag={tag} onClick={() => onTag(tag)} />
        ))}
      </Group>
      <StartButton lab={lab} />
    </article>
  );
}
