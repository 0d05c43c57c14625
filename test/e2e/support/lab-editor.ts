import type { Locator, Page } from 'playwright-core';

/** The editor of a lab as its author uses it: by what is written on the screen. */
export class LabEditor {
  readonly page: Page;
  readonly findings: Locator;
  readonly preview: Locator;

  constructor(page: Page) {
    this.page = page;
    this.findings = page.getByRole('region', { name: 'Findings' });
    this.preview = page.getByRole('region', { name: 'Preview', exact: true });
  }

  static async open(page: Page, url: string, labId: string): Promise<LabEditor> {
    await page.goto(`${url}/labs/${labId}/edit`);
    const editor = new LabEditor(page);
    await editor.text('lab.yaml').waitFor();
    return editor;
  }

  text(path: string): Locator {
    return this.page.getByRole('textbox', { name: `Text of ${path}`, exact: true });
  }

  file(path: string): Locator {
    return this.page.getByRole('navigation', { name: 'Files of the lab' }).locator(`button[title="${path}"]`);
  }

  async openFile(path: string): Promise<Locator> {
    await this.file(path).click();
    const text = this.text(path);
    await text.waitFor();
    return text;
  }

  /** Types as a person does, at the end of the file that is open, or at its beginning. */
  async type(path: string, text: string, where: 'End' | 'Home' = 'End') {
    await this.text(path).click();
    await this.page.keyboard.press(`Control+${where}`);
    await this.page.keyboard.type(text, { delay: 10 });
  }

  async upload(name: string, mimeType: string, buffer: Buffer) {
    const [chooser] = await Promise.all([
      this.page.waitForEvent('filechooser'),
      this.page.getByRole('button', { name: 'Upload files' }).click(),
    ]);
    await chooser.setFiles([{ name, mimeType, buffer }]);
  }

  async hasNoFindings() {
    await this.findings.getByText('No findings').waitFor();
  }

  async says(state: string | RegExp) {
    await this.page.getByRole('status').filter({ hasText: state }).first().waitFor();
  }

  /** Presses Save and confirms what the dialog shows. */
  async save() {
    await this.page.keyboard.press('Control+s');
    await this.dialog().getByRole('button', { name: 'Save', exact: true }).click();
  }

  dialog(): Locator {
    return this.page.getByRole('dialog');
  }
}
