case $- in *i*) ;; *) return ;; esac
HISTCONTROL=ignoreboth
HISTSIZE=5000
shopt -s checkwinsize histappend
. /etc/profile.d/lab.sh
