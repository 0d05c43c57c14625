import type { DirectiveName } from '@lab-orchestrator/page-compiler';

/** How each directive is written from its name on; `#{…}` are gaps that Tab goes through. */
export const directiveTemplates: Readonly<Record<DirectiveName, string>> = {
  system: 'system[#{text}]{name=#{system}}',
  step: 'step{##{id} title="#{title}"}\n#{text}\n:::',
  quiz: 'quiz{##{id} title="#{question}" points=1}\n- [ ] #{wrong}\n- [x] #{right}\n:::',
  feedback: 'feedback\n#{text}\n:::',
  hint: 'hint{cost=#{0}}\n#{text}\n:::',
  knowledge: 'knowledge{title="#{title}"}\n#{text}\n:::',
  command: 'command{system=#{system} run="#{command}"}',
  copy: 'copy{text="#{text}"}',
  check: 'check{system=#{system} run="#{command}" message="#{message}"}',
  tick: 'tick',
  set: 'set{name=#{name} label="#{label}"}',
  video: 'video[#{title}]{src=#{file}}',
  audio: 'audio[#{title}]{src=#{file}}',
  download: 'download[#{text}]{src=#{file}}',
};
