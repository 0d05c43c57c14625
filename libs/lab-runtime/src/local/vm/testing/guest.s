# A guest of one sector for tests: boots within a second even when emulated.
# Counts its boots in the disk's second sector, prints "guest <boots>", then obeys single keys on its serial port:
#   u  prints the BIOS's ticks (18 per second, standing still while the CPUs are stopped)
#   p  powers off by ACPI        r  reboots by the keyboard controller        others are echoed
# as --32 guest.s -o guest.o && objcopy -O binary guest.o guest.bin && base64 -w0 guest.bin
.code16
  ljmp $0x7c0, $start
start:
  mov $0x7c0, %ax
  mov %ax, %ds
  mov %ax, %es
  mov %ax, %ss
  mov $0x2000, %sp
  mov %dl, drive
  sti
  mov $0x00e3, %ax
  xor %dx, %dx
  int $0x14
  mov $0x02, %ah
  call sector
  incw 0x400
  mov $0x03, %ah
  call sector
  mov $hello, %si
  call puts
  mov 0x400, %ax
  call word
  call line
wait:
  hlt
  mov $3, %ah
  xor %dx, %dx
  int $0x14
  test $1, %ah
  jz wait
  mov $2, %ah
  xor %dx, %dx
  int $0x14
  cmp $'u', %al
  je ticks
  cmp $'p', %al
  je off
  cmp $'r', %al
  je reboot
  call putc
  jmp wait
ticks:
  push %ds
  mov $0x40, %ax
  mov %ax, %ds
  mov 0x6c, %ax
  pop %ds
  call word
  call line
  jmp wait
off:
  mov $0x604, %dx
  mov $0x2000, %ax
  out %ax, %dx
  jmp wait
reboot:
  mov $0xfe, %al
  out %al, $0x64
  jmp wait
sector:
  mov $1, %al
  mov $0x400, %bx
  mov $2, %cx
  xor %dh, %dh
  mov drive, %dl
  int $0x13
  ret
word:
  mov $4, %cx
1: rol $4, %ax
  push %ax
  and $0xf, %al
  add $'0', %al
  cmp $'9', %al
  jbe 2f
  add $39, %al
2: call putc
  pop %ax
  loop 1b
  ret
line:
  mov $newline, %si
puts:
  lodsb
  or %al, %al
  jz 3f
  call putc
  jmp puts
3: ret
putc:
  push %cx
  mov $1, %ah
  xor %dx, %dx
  int $0x14
  pop %cx
  ret
drive: .byte 0
hello: .ascii "guest \0"
newline: .ascii "\r\n\0"
.org 510
.byte 0x55, 0xaa
