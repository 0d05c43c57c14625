-- users, password, chpasswd, ssh_authorized_keys and ssh_pwauth of user-data.
local system = require("system")
local accounts = {}
local default_user = "lab"

local function hash(password)
  return (system.filter("mkpasswd -m sha512 -P 0", tostring(password) .. "\n"):gsub("%s+$", ""))
end

-- Replaces one colon-separated line, found by its first field, or adds it.
local function set_line(path, name, line)
  local lines, found = {}, false
  for old in (system.read(path) or ""):gmatch("[^\n]+") do
    if old:match("^[^:]*") == name then old, found = line, true end
    lines[#lines + 1] = old
  end
  if not found then lines[#lines + 1] = line end
  system.write(path, table.concat(lines, "\n") .. "\n")
end

local function field(path, name, number)
  for line in (system.read(path) or ""):gmatch("[^\n]+") do
    local fields = {}
    for value in (line .. ":"):gmatch("([^:]*):") do fields[#fields + 1] = value end
    if fields[1] == name then return fields[number] end
  end
end

local function next_id()
  local id = 1000
  for line in system.read("/etc/passwd"):gmatch("[^\n]+") do
    local used = tonumber(line:match("^[^:]*:[^:]*:(%d+)"))
    if used and used >= id and used < 60000 then id = used + 1 end
  end
  return id
end

local function set_password(name, hashed)
  set_line("/etc/shadow", name, name .. ":" .. hashed .. ":19000:0:99999:7:::")
  system.run("chmod", "600", "/etc/shadow")
end

local function join_group(group, name)
  local id = field("/etc/group", group, 3)
  if not id then
    id = next_id()
    set_line("/etc/group", group, group .. ":x:" .. id .. ":" .. name)
    return
  end
  local members = field("/etc/group", group, 4)
  set_line("/etc/group", group, group .. ":x:" .. id .. ":" .. (members == "" and name or members .. "," .. name))
end

local function authorize(name, keys)
  local home = field("/etc/passwd", name, 6)
  if type(keys) == "string" then keys = { keys } end
  system.run("mkdir", "-p", home .. "/.ssh")
  system.write(home .. "/.ssh/authorized_keys", table.concat(keys, "\n") .. "\n", "a")
  system.run("chmod", "700", home .. "/.ssh")
  system.run("chmod", "600", home .. "/.ssh/authorized_keys")
  system.run("chown", "-R", field("/etc/passwd", name, 3) .. ":" .. field("/etc/passwd", name, 4), home .. "/.ssh")
end

local function allow_sudo(name, rule)
  local free = tostring(type(rule) == "table" and rule[1] or rule):match("NOPASSWD")
  system.write("/etc/doas.conf", "permit " .. (free and "nopass " or "") .. "keepenv " .. name .. "\n", "a")
  join_group("sudo", name)
end

local function add_user(user, is_set)
  local name = tostring(user.name)
  if not field("/etc/passwd", name, 1) then
    local id = is_set(user.uid) and tostring(user.uid) or tostring(next_id())
    local home = is_set(user.homedir) and user.homedir or "/home/" .. name
    -- bash is not here; its scripts' authors mean a shell.
    set_line("/etc/passwd", name, table.concat({ name, "x", id, id, is_set(user.gecos) and user.gecos or "", home, "/bin/sh" }, ":"))
    set_line("/etc/group", name, name .. ":x:" .. id .. ":")
    system.run("mkdir", "-p", home)
    system.run("chown", id .. ":" .. id, home)
    set_password(name, "!")
  end
  local hashed = is_set(user.passwd) and user.passwd or is_set(user.hashed_passwd) and user.hashed_passwd or nil
  if is_set(user.plain_text_passwd) then hashed = hash(user.plain_text_passwd) end
  if hashed then set_password(name, (user.lock_passwd == false and "" or "!") .. hashed) end
  local groups = is_set(user.groups) and user.groups or {}
  if type(groups) == "string" then groups = { groups } end
  for _, list in ipairs(groups) do
    for group in tostring(list):gmatch("[^,%s]+") do join_group(group, name) end
  end
  if is_set(user.sudo) and user.sudo ~= false then allow_sudo(name, user.sudo) end
  if is_set(user.ssh_authorized_keys) then authorize(name, user.ssh_authorized_keys) end
end

local function change_passwords(chpasswd, is_set)
  local list = is_set(chpasswd.list) and chpasswd.list or {}
  if type(list) == "table" then list = table.concat(list, "\n") end
  for name, password in list:gmatch("([^:\n]+):([^\n]+)") do
    set_password(name, password:match("^%$%d") and password or hash(password))
  end
  for _, user in ipairs(is_set(chpasswd.users) and chpasswd.users or {}) do
    if is_set(user.password) then
      set_password(user.name, user.type == "hash" and user.password or hash(user.password))
    end
  end
end

-- Applies what user-data says about accounts; `is_set` tells a value from YAML's null.
function accounts.apply(data, is_set)
  for _, user in ipairs(is_set(data.users) and data.users or {}) do
    if type(user) == "table" and is_set(user.name) then add_user(user, is_set) end
  end
  local first = is_set(data.users) and type(data.users[1]) == "table" and data.users[1].name or default_user
  if is_set(data.password) then set_password(first, hash(data.password)) end
  if is_set(data.ssh_authorized_keys) then authorize(first, data.ssh_authorized_keys) end
  if is_set(data.chpasswd) then change_passwords(data.chpasswd, is_set) end
  if data.ssh_pwauth == true then system.write("/var/lib/cloud/ssh-password", "yes\n") end
end

return accounts
