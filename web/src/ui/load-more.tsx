import { Button, Center } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface List {
  hasMore: boolean;
  more: () => void;
  loadingMore: boolean;
}

/** The next page of a list, by a button: what is being read does not move. */
export function LoadMore({ list }: { list: List }) {
  const { t } = useTranslation();
  if (!list.hasMore) return null;
  return (
    <Center mt="md">
      <Button variant="default" loading={list.loadingMore} onClick={list.more}>
        {t('app.action.loadMore')}
      </Button>
    </Center>
  );
}
