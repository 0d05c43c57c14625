/** The folder cannot be read at all: broken, hostile, or too large. `code` is stable, the message names the entry. */
export class FolderError extends Error {
  constructor(
    readonly code: FolderErrorCode,
    message: string,
    /** The entry that it is about, where there is one. */
    readonly entry = '',
  ) {
    super(message);
    this.name = 'FolderError';
  }
}

export type FolderErrorCode =
  | 'archive_unreadable'
  | 'archive_encrypted'
  | 'path_outside'
  | 'path_invalid'
  | 'not_a_file'
  | 'duplicate_file'
  | 'too_many_files'
  | 'too_large';
