import type { PageBlock } from '@lab-orchestrator/contracts';
import { Button } from '@mantine/core';
import { useQueries } from '@tanstack/react-query';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Problem } from '../../ui/problem.js';
import { useInstructions } from '../instructions-context.js';
import figure from './figure.module.css';
import classes from './media.module.css';
import { useFileSource, useLabFile } from './lab-file.js';

type Video = Extract<PageBlock, { type: 'video' }>;
type Audio = Extract<PageBlock, { type: 'audio' }>;

/** Loaded when somebody wants to see it: films are large, and the network of a classroom is not. */
export function VideoBlock({ video: { file, poster, tracks, title } }: { video: Video }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(false);
  const source = useLabFile(file, wanted);
  const picture = useLabFile(poster);
  return (
    <figure className={figure.figure}>
      {source.data === undefined ? (
        <div
          className={classes.video}
          style={picture.data === undefined ? undefined : { backgroundImage: `url("${picture.data}")` }}
        >
          <PlayButton
            label={t('instructions.playVideo')}
            title={title}
            source={source}
            onPlay={() => setWanted(true)}
          />
        </div>
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- they come as tracks
        <video src={source.data} poster={picture.data} controls autoPlay playsInline aria-label={title}>
          <Tracks tracks={tracks} />
        </video>
      )}
      {source.error !== null && <Problem error={source.error} onRetry={() => void source.refetch()} compact />}
      {title !== undefined && <figcaption>{title}</figcaption>}
    </figure>
  );
}

export function AudioBlock({ audio: { file, tracks, title } }: { audio: Audio }) {
  const { t } = useTranslation();
  const [wanted, setWanted] = useState(false);
  const source = useLabFile(file, wanted);
  return (
    <figure className={figure.figure}>
      {source.data === undefined ? (
        <PlayButton label={t('instructions.playAudio')} title={title} source={source} onPlay={() => setWanted(true)} />
      ) : (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- they come as tracks
        <audio src={source.data} controls autoPlay aria-label={title}>
          <Tracks tracks={tracks} />
        </audio>
      )}
      {source.error !== null && <Problem error={source.error} onRetry={() => void source.refetch()} compact />}
      {title !== undefined && <figcaption>{title}</figcaption>}
    </figure>
  );
}

interface PlayProps {
  label: string;
  title: string | undefined;
  source: ReturnType<typeof useLabFile>;
  onPlay: () => void;
}

const PlayButton = ({ label, title, source, onPlay }: PlayProps) => (
  <Button variant="default" leftSection={<IconPlayerPlay size={16} />} loading={source.isFetching} onClick={onPlay}>
    {title === undefined ? label : `${label}: ${title}`}
  </Button>
);

/** Captions; those in the language of the instructions are on from the start. */
function Tracks({ tracks }: { tracks: Video['tracks'] }) {
  const { instructions } = useInstructions();
  const { language } = instructions;
  const source = useFileSource();
  const loaded = useQueries({
    queries: tracks.map(({ file }) => ({
      queryKey: [...source.key(file), 'captions'],
      queryFn: async () => URL.createObjectURL(new Blob([await source.fetch(file)], { type: 'text/vtt' })),
      staleTime: Infinity,
      gcTime: Infinity,
    })),
  });
  return tracks.map((track, index) => (
    <track
      key={track.file}
      kind="captions"
      src={loaded[index]?.data}
      srcLang={track.language}
      label={track.label}
      default={track.language === language}
    />
  ));
}
