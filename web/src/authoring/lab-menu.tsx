import type { Lab } from '@lab-orchestrator/contracts';
import { Menu, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconArchive, IconArchiveOff, IconDownload, IconPencil, IconTrash, IconVersions } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../api/call.js';
import { keys } from '../api/keys.js';
import { Confirm } from '../ui/confirm.js';
import { notifyError } from '../ui/notify.js';
import { RowMenu } from '../ui/row-menu.js';
import { exportLab } from './export-lab.js';
import { updateLab } from './update-lab.js';
import { VersionsDialog } from './versions-dialog.js';

export function LabMenu({ lab }: { lab: Lab }) {
  const { t } = useTranslation();
  const client = useQueryClient();
  const [open, setOpen] = useState<'versions' | 'delete'>();
  const refresh = () => client.invalidateQueries({ queryKey: keys.labs() });
  const archive = useMutation({
    mutationFn: () => updateLab(lab, { archived: !lab.archived }),
    onSuccess: refresh,
    onError: notifyError,
  });
  const { title } = lab;
  return (
    <>
      <RowMenu name={title}>
        <Menu.Item component={Link} to={`/labs/${lab.id}/edit`} leftSection={<IconPencil size={16} />}>
          {t('editor.edit')}
        </Menu.Item>
        <Menu.Item
          leftSection={<IconDownload size={16} />}
          onClick={() => void exportLab(lab, lab.version).catch(notifyError)}
        >
          {t('editor.export')}
        </Menu.Item>
        <Menu.Item leftSection={<IconVersions size={16} />} onClick={() => setOpen('versions')}>
          {t('authoring.versions')}
        </Menu.Item>
        <Menu.Item
          leftSection={lab.archived ? <IconArchiveOff size={16} /> : <IconArchive size={16} />}
          onClick={() => archive.mutate()}
        >
          {t(lab.archived ? 'authoring.unarchive' : 'authoring.archive')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="var(--lab-bad)" leftSection={<IconTrash size={16} />} onClick={() => setOpen('delete')}>
          {t('app.action.delete')}
        </Menu.Item>
      </RowMenu>
      {open === 'versions' && <VersionsDialog lab={lab} onClose={() => setOpen(undefined)} />}
      {open === 'delete' && (
        <Confirm
          title={t('authoring.deleteTitle', { title })}
          confirm={t('app.action.delete')}
          dangerous
          onConfirm={() => call('deleteLab', { params: { labId: lab.id } }).then(refresh)}
          onClose={() => setOpen(undefined)}
        >
          <Text>{t('authoring.deleteText')}</Text>
        </Confirm>
      )}
    </>
  );
}
