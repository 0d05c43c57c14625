import { Kbd, Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { LEAVE_KEY } from '../consoles/first-use-hint.js';
import { FOCUS_KEY, NEXT_PAGE_KEY, PREVIOUS_PAGE_KEY } from '../instructions/pane/use-page-keys.js';
import { EXTEND_KEY } from './expiring-banner.js';

export function KeysDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation();
  const rows = [
    [LEAVE_KEY, t('workspace.keys.leave')],
    [FOCUS_KEY, t('instructions.keys.focus')],
    [NEXT_PAGE_KEY, t('instructions.keys.next')],
    [PREVIOUS_PAGE_KEY, t('instructions.keys.previous')],
    [t('instructions.keys.click'), t('instructions.keys.paste')],
    ['Ctrl-Shift-C', t('workspace.keys.copy')],
    ['Ctrl-Shift-V', t('workspace.keys.paste')],
    ['Ctrl-Shift-F', t('workspace.keys.find')],
    [EXTEND_KEY, t('workspace.keys.extend')],
    [t('workspace.keys.arrows'), t('workspace.keys.tabs')],
    [t('workspace.keys.arrows'), t('workspace.keys.resize')],
  ] as const;
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('workspace.keys.title')}
      closeButtonProps={{ 'aria-label': t('app.action.close') }}
    >
      <Table>
        <Table.Tbody>
          {rows.map(([key, does]) => (
            <Table.Tr key={does}>
              <Table.Td>
                <Kbd>{key}</Kbd>
              </Table.Td>
              <Table.Td>{does}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
