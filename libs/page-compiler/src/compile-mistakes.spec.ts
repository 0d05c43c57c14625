import { describe, expect, it } from 'vitest';
import { compileOne } from './testing/compile.fixture.js';

describe('mistakes', () => {
  it.each<[what: string, markdown: string, findings: string[], message?: string]>([
    ['a misspelt directive', '::comand{run="ls"}', ['1:1 comand unknown_directive'], 'did you mean "command"'],
    ['a misspelt box', ':::stepp{#a}\nx\n:::', ['1:1 stepp unknown_directive'], 'did you mean "step"'],
    ['a misspelt directive in a line', 'a :sytem[x]{name=attacker}', ['1:3 sytem unknown_directive'], '"system"'],
    ['a box as a line', '::step{#a title=x}', ['1:1 step directive_form'], '":::step{…}"'],
    ['a line as a box', ':::tick\n:::', ['1:1 tick directive_form'], '"::tick{…}"'],
    ['a line directive in a line', 'See :video[x]{src=ping.webm}', ['1:5 video directive_form']],
    ['a directive in the middle of a line', 'a ::tick{label=x}', ['1:3 tick directive_unreadable']],
    ['attributes that cannot be read', '::command{run="a" b"}', ['1:1 command directive_unreadable']],
    ['an unknown attribute', '::set{name=a label=x lable=y}', ['1:22 lable unknown_attribute'], 'did you mean "label"'],
    ['a missing attribute', ':system[x]{access=shell}', ['1:1 system missing_attribute'], 'needs name='],
    ['a missing command', '::command{system=attacker}', ['1:1 command missing_attribute']],
    ['an empty command', '::command{system=attacker run=""}', ['1:1 command missing_attribute']],
    ['a missing system', '::command{run="ls"}', ['1:1 command missing_attribute']],
    ['an unknown system', '::command{system=atacker run="ls"}', ['1:1 atacker unknown_system'], '"attacker"'],
    ['an unknown access', ':system[x]{name=attacker access=shel}', ['1:1 shel unknown_access'], '"shell"'],
    ['a command for a desktop', '::command{system=attacker access=screen run="ls"}', ['1:27 access no_terminal']],
    ['a wrong number', '::command{system=attacker run=ls return=maybe}', ['1:34 return invalid_attribute']],
    ['a variable in a title', ':::knowledge{title="{{ flag }}"}\nx\n:::', ['1:14 title variable_not_here']],
    ['an unknown variable', 'a {{ flog }}', ['1:3 flog unknown_variable'], 'did you mean "flag"'],
    ['an unknown variable on a later line', '> a\n> b {{ flog }}', ['2:5 flog unknown_variable']],
    [
      'an unknown variable in a command',
      '::command{system=attacker run="ls {{ flog }}"}',
      ['1:27 flog unknown_variable'],
    ],
    ['a variable in quotes', `::command{system=attacker run="ls '{{ flag }}'"}`, ['1:27 run variable_in_quotes']],
    ['a variable almost known, in code', '`{{ flog }}`', ['1:1 flog unknown_variable'], 'stays as it is'],
    [
      'a variable in an address',
      '[x](https://example.org/{{flag}})',
      ['1:1 https://example.org/{{flag}} address_refused'],
    ],
    ['a check outside of a step', '::check{system=attacker run="ls"}', ['1:1 check check_outside_step']],
    ['a tick outside of a step', '::tick', ['1:1 tick tick_outside_step']],
    ['a hint outside of a step', ':::hint\nx\n:::', ['1:1 hint hint_outside_step']],
    ['a step in a step', '::::step{#a title=x}\n:::step{#b title=y}\n:::\n::::', ['2:1 step step_inside']],
    ['a step in a quote', '> :::step{#a title=x}\n> :::', ['1:3 step step_inside']],
    [
      'a hint in a hint',
      '::::::step{#a title=x}\n::::hint\n:::hint\n:::\n::::\n::::::',
      ['3:1 hint hint_outside_step'],
    ],
    [
      'a tick beside a check',
      ':::step{#a title=x}\n::tick\n::check{system=attacker run=ls}\n:::',
      ['1:1 step tick_with_check'],
    ],
    ['a step without a title', ':::step\n:::', ['1:1 step missing_attribute', '1:1 step step_without_id']],
    ['a step without an id', ':::step{title="Look here"}\n:::', ['1:1 step step_without_id'], '"01-start-look-here"'],
    ['a bad id', ':::step{#Ä title=x}\n:::', ['1:9 id invalid_attribute']],
    ['an id twice', ':::step{#a title=x}\n:::\n\n:::step{#a title=y}\n:::', ['4:1 #a duplicate_step'], '01-start.md'],
    ['a box that is not ended', ':::knowledge{title=x}\ny', ['1:1 knowledge box_not_closed']],
    ['an end too many', 'x\n\n:::', ['3:1 ::: box_end_without_box'], 'more colons'],
    ['an auto check too often', check('auto=1s'), ['2:34 auto invalid_attribute']],
    ['a wrong time', check('timeout=soon'), ['2:34 timeout invalid_attribute']],
    ['a wrong pattern', check('expect="/(/"'), ['2:34 expect invalid_attribute'], 'no regular expression'],
    ['a pattern that needs a slow engine', check(String.raw`expect="/(a)\1/"`), ['2:34 expect invalid_attribute']],
    ['a wrong path', check('expect="json:a..b=1"'), ['2:34 expect invalid_attribute']],
    ['a missing script', check('from=files/gone.sh'), ['2:1 files/gone.sh file_missing']],
    ['a script outside', check('from=../../../x.sh'), ['2:1 ../../../x.sh path_outside']],
    ['a quiz without options', ':::quiz{#q title=x}\n:::', ['1:1 quiz quiz_answer']],
    ['a quiz without a right answer', ':::quiz{#q title=x}\n- [ ] a\n:::', ['1:1 quiz quiz_answer']],
    ['a single choice of two', ':::quiz{#q title=x type=single}\n- [x] a\n- [x] b\n:::', ['1:1 quiz quiz_answer']],
    ['an option without a box', ':::quiz{#q title=x}\n- [x] a\n- b\n:::', ['3:1 2 quiz_option']],
    ['a text quiz without answer', ':::quiz{#q title=x type=text}\n:::', ['1:1 quiz missing_attribute']],
    ['a number that is none', ':::quiz{#q title=x type=number answer=few}\n:::', ['1:32 answer invalid_attribute']],
    [
      'an answer beside options',
      ':::quiz{#q title=x answer=1}\n- [x] a\n- [ ] b\n:::',
      ['1:20 answer attribute_not_here'],
    ],
    ['feedback outside', ':::feedback\nx\n:::', ['1:1 feedback feedback_outside_quiz']],
    ['a name that is taken', '::set{name=flag label=x}', ['1:7 name duplicate_variable']],
    ['a name twice', '::set{name=a label=x}\n::set{name=a label=y}', ['2:7 name duplicate_variable']],
    ['a bad name', '::set{name=A-b label=x}', ['1:7 name invalid_attribute']],
    ['a missing picture', 'a\n![x](gone.png)', ['2:1 gone.png file_missing']],
    ['a picture from the web', '![x](https://example.org/x.png)', ['1:1 https://example.org/x.png address_refused']],
    ['a wrong kind of file', '![x](ping.ogg)', ['1:1 ping.ogg file_type']],
    ['a video without captions', '::video{src=ping.webm}', ['1:1 captions captions_missing']],
    ['HTML', 'a <b>c</b>', ['1:3 html html_refused', '1:7 html html_refused']],
    ['an unknown page', '[x](03-gone.md)', ['1:1 03-gone.md file_missing']],
    ['an unknown step', '[x](#pin)\n\n:::step{#ping title=x}\n:::', ['1:1 pin unknown_step'], 'did you mean "ping"'],
    [
      'a wrong front matter',
      '---\ntitel: x\norder: first\nduration: long\n---',
      ['2:1 titel front_matter', '3:1 order front_matter', '4:1 duration front_matter'],
      'did you mean "title"',
    ],
  ])('shows %s', (_, markdown, findings, message) => {
    const result = compileOne(markdown);
    expect(result.findings).toEqual(findings);
    if (message) expect(result.diagnostics[0]?.message).toContain(message);
  });
});

function check(attributes: string) {
  return `:::step{#a title=x}\n::check{system=attacker run=true ${attributes}}\n:::`;
}
