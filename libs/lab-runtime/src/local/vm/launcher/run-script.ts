import { inside, runFiles } from '../vm-layout.js';
import { crashLimit, maxDiskBytes, powerdownGraceS } from '../vm-limits.js';

/** No file that the emulator writes may outgrow the largest disk (in blocks of 512 bytes). */
const fileBlocks = Math.ceil((maxDiskBytes * 1.05) / 512);
/** A run that lasted so long was no failed start. */
const steadyS = 60;

/**
 * Runs as nobody in particular: creates what is missing of the disks, then runs QEMU by the run strategy until it
 * shall not run again. Exit code 0: the guest ended by itself or was asked to; 1: the emulator crashed.
 */
export const runScript = String.raw`#!/bin/sh
set -u
# The parents of these folders are closed; the platform may be another user and must get at the sockets.
umask 000
ulimit -c 0
ulimit -f ${fileBlocks}
cd ${inside.run} || exit 1
rm -f ./*

# Keeps the last output of a pipe: up to 512 KiB now, and the piece before.
keep() {
  while :; do
    dd of="$2" bs=1024 count=512 status=none
    mv -f "$2" "$2.old"
  done < "$1"
}
mkfifo serial.fifo log.fifo
exec 8<> serial.fifo 9<> log.fifo
keep serial.fifo ${runFiles.serialLog} 8>&- 9>&- &
keep log.fifo ${runFiles.emulatorLog} 8>&- 9>&- &

while read -r file size backing; do
  [ -e "$file" ] && continue
  set -- -q -f qcow2
  [ "$backing" = - ] || set -- "$@" -b "$backing" -F qcow2
  set -- "$@" "$file.new"
  [ "$size" = 0 ] || set -- "$@" "$size"
  qemu-img create "$@" > log.fifo 2>&1 || exit 1
  mv "$file.new" "$file"
done < ${inside.plan}/disks

if [ -d ${inside.seed} ]; then
  genisoimage -quiet -output ${inside.disks}/seed.iso -volid CIDATA -joliet -rock ${inside.seed} > log.fifo 2>&1 || exit 1
fi
vars=${inside.disks}/vars.fd
if grep -q "$vars" ${inside.plan}/qemu.args && [ ! -e $vars ]; then cp /usr/share/OVMF/OVMF_VARS_4M.fd $vars; fi

set --
while IFS= read -r argument; do set -- "$@" "$argument"; done < ${inside.plan}/qemu.args

stopping=
stop() {
  stopping=1
  printf '%s\n' '{"execute":"qmp_capabilities"}' '{"execute":"cont"}' '{"execute":"system_powerdown"}' |
    socat -t1 - UNIX-CONNECT:${runFiles.qmp} > /dev/null 2>&1
  (sleep ${powerdownGraceS}; kill "$qemu"; sleep 1; kill -9 "$qemu") 2> /dev/null &
}
trap stop TERM INT

runs=0
crashes=0
while [ -z "$stopping" ]; do
  rm -f ${runFiles.serial} ${runFiles.vnc} ${runFiles.qmp} ${runFiles.agent}
  began=$(date +%s)
  qemu-system-x86_64 "$@" > log.fifo 2>&1 8>&- 9>&- &
  qemu=$!
  # A signal ends "wait" early; only a process that is gone has a result.
  while kill -0 "$qemu" 2> /dev/null; do wait "$qemu"; code=$?; done
  runs=$((runs + 1))
  echo "$runs $code" > last-run.new && mv last-run.new ${runFiles.lastRun}
  [ -n "$stopping" ] && exit 0

  if [ "$code" = 0 ]; then
    [ "$RUN_STRATEGY" = always ] || exit 0
    crashes=0
    sleep 1
  else
    [ "$RUN_STRATEGY" = manual ] && exit 1
    [ $(($(date +%s) - began)) -ge ${steadyS} ] && crashes=0
    crashes=$((crashes + 1))
    [ "$crashes" -gt ${crashLimit} ] && exit 1
    sleep "$crashes"
  fi
done
`;
