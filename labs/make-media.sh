#!/bin/sh
# Makes the sounds and the film of the sample labs anew. Needs ffmpeg, espeak-ng and the DejaVu fonts.
set -eu
cd "$(dirname "$0")/first-steps/pages"
work=$(mktemp -d)
trap 'rm -r "$work"' EXIT

say() { # language, voice, text
  espeak-ng -v "$2" -s 140 -w "$work/$1.wav" "$3"
  ffmpeg -loglevel error -y -i "$work/$1.wav" -ac 1 -c:a libopus -b:a 16k -bitexact "$1/commands.ogg"
}
say en en-gb "p w d means: print working directory. l s means: list. c d means: change directory."
say de de "p w d heißt: print working directory, das Arbeitsverzeichnis ausgeben. l s heißt: list, auflisten. c d heißt: change directory, das Verzeichnis wechseln."

# Each picture: how many fifths of a second it stays, and what the terminal shows.
at=0
filter="null"
show() {
  text="$work/$at.txt"
  printf '%s' "$2" > "$text"
  end=$((at + $1))
  filter="$filter,drawtext=fontfile=$font:fontsize=22:fontcolor=0xe6e6e6:x=20:y=28:line_spacing=6:textfile=$text:enable='gte(n,$at)*lt(n,$end)'"
  at=$end
}
font=/usr/share/fonts/truetype/dejavu/DejaVuSansMono.ttf
p='lab@workstation:~$ '
show 5 "${p}_"
for typed in c ca cat 'cat ' 'cat l' 'cat le'; do show 2 "$p${typed}_"; done
show 5 "${p}cat le_"
show 8 "${p}cat letters/_"
show 3 "${p}cat letters/a_"
show 8 "${p}cat letters/ada.txt _"
show 16 "${p}cat letters/ada.txt
Dear reader,

a computer does not mind how often you ask."
ffmpeg -loglevel error -y -f lavfi -i "color=0x16181d:size=640x180:rate=5" -vf "$filter" -frames:v "$at" \
  -c:v libvpx-vp9 -b:v 0 -crf 40 -pix_fmt yuv420p -bitexact en/tab.webm
