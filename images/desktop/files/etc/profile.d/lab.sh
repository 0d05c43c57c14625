# A prompt that says where one is: several terminals of several systems stand side by side.
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin

if [ -n "$BASH_VERSION" ] && [ -n "$PS1" ]; then
  if [ "$(id -u)" = 0 ]; then
    PS1='\[\e[1;31m\]root@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]# '
  else
    PS1='\[\e[1;32m\]lab@\h\[\e[0m\]:\[\e[1;34m\]\w\[\e[0m\]$ '
  fi
  alias ls='ls --color=auto' ll='ls -l' la='ls -la' grep='grep --color=auto' ip='ip -color=auto'
  [ -r /usr/share/bash-completion/bash_completion ] && . /usr/share/bash-completion/bash_completion
fi
