# Piped into the system's shell, so that nobody in the lab can change what is asked.
expected=$(grep WARNING /home/lab/harbour.log)
written=$(cat /home/lab/warnings.txt) || exit 1
test "$written" = "$expected"
