-- Files and programs, as the other scripts need them.
local system = {}

function system.read(path)
  local file = io.open(path, "r")
  if not file then return nil end
  local text = file:read("*a")
  file:close()
  return text
end

function system.write(path, text, mode)
  local file, problem = io.open(path, mode or "w")
  if not file then
    print("cannot write " .. path .. ": " .. problem)
    return
  end
  file:write(text)
  file:close()
end

function system.quote(word)
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

function system.run(...)
  local words = {}
  for _, word in ipairs({ ... }) do words[#words + 1] = system.quote(tostring(word)) end
  os.execute(table.concat(words, " "))
end

-- What a program prints when it is given this text; by way of a file, so that the text is never part of a command.
function system.filter(command, text)
  local path = "/run/filter"
  system.write(path, tostring(text))
  os.execute("chmod 600 " .. path)
  local pipe = io.popen(command .. " < " .. path, "r")
  local output = pipe:read("*a")
  pipe:close()
  os.remove(path)
  return output
end

return system
