-- Reads a NoCloud seed as cloud-init does: meta-data, user-data, network-config in the folder given as argument.
-- Host name and network are applied at every boot; accounts, files and commands once per instance-id.
package.path = "/usr/lib/lab/?.lua;" .. package.path
local system = require("system")
local accounts = require("accounts")
local yaml = require("lyaml")

local seed = arg[1]

local function parse(name)
  local text = system.read(seed .. "/" .. name)
  if not text or text:match("^%s*$") then return {}, text end
  local ok, value = pcall(yaml.load, text)
  if not ok then
    print(name .. " is not valid YAML: " .. tostring(value))
    return {}, text
  end
  return type(value) == "table" and value or {}, text
end

local function is_set(value)
  return value ~= nil and value ~= yaml.null
end

local function set_hostname(name)
  local short = name:match("^[^.]+")
  system.write("/etc/hostname", short .. "\n")
  system.write("/etc/hosts", "127.0.0.1 localhost\n127.0.1.1 " .. name .. (short ~= name and " " .. short or "") .. "\n")
end

local function joined(list)
  return is_set(list) and #list > 0 and table.concat(list, ",") or "-"
end

-- Static addresses of network-config version 2; everything else gets its address by DHCP.
local function write_network(config)
  config = is_set(config.network) and config.network or config
  local lines = {}
  for id, device in pairs(is_set(config.ethernets) and config.ethernets or {}) do
    if is_set(device.addresses) and #device.addresses > 0 then
      local gateway = is_set(device.gateway4) and device.gateway4 or "-"
      for _, route in ipairs(is_set(device.routes) and device.routes or {}) do
        if route.to == "default" or route.to == "0.0.0.0/0" then gateway = route.via end
      end
      local match = is_set(device.match) and (device.match.macaddress or device.match.name) or id
      local servers = is_set(device.nameservers) and device.nameservers.addresses or nil
      lines[#lines + 1] = table.concat({ match:lower(), joined(device.addresses), gateway, joined(servers) }, " ")
    end
  end
  system.write("/run/network", table.concat(lines, "\n") .. (#lines > 0 and "\n" or ""))
end

local function decoded(file)
  local encoding = is_set(file.encoding) and file.encoding or "text/plain"
  if encoding == "b64" or encoding == "base64" then return system.filter("base64 -d", file.content) end
  return is_set(file.content) and tostring(file.content) or ""
end

local function write_files(files)
  for _, file in ipairs(files) do
    system.run("mkdir", "-p", file.path:match("^(.*)/[^/]*$"))
    system.write(file.path, decoded(file), file.append == true and "a" or "w")
    system.run("chmod", is_set(file.permissions) and tostring(file.permissions) or "0644", file.path)
    if is_set(file.owner) then system.run("chown", file.owner, file.path) end
  end
end

-- The commands run when the network is up: see /usr/lib/lab/network.
local function write_commands(commands)
  local lines = { "#!/bin/sh" }
  for _, command in ipairs(commands) do
    if type(command) == "table" then
      local words = {}
      for _, word in ipairs(command) do words[#words + 1] = system.quote(tostring(word)) end
      lines[#lines + 1] = table.concat(words, " ")
    else
      lines[#lines + 1] = tostring(command)
    end
  end
  system.write("/run/runcmd", table.concat(lines, "\n") .. "\n")
  system.run("chmod", "0755", "/run/runcmd")
end

local meta = parse("meta-data")
local user, text = parse("user-data")
write_network((parse("network-config")))

local name = is_set(user.fqdn) and user.fqdn or is_set(user.hostname) and user.hostname or meta["local-hostname"] or meta.hostname
if is_set(name) then set_hostname(tostring(name)) end

local instance = is_set(meta["instance-id"]) and tostring(meta["instance-id"]) or "nocloud"
local known = "/var/lib/cloud/instance-id"
if system.read(known) ~= instance then
  accounts.apply(user, is_set)
  if is_set(user.write_files) then write_files(user.write_files) end
  if text and text:match("^#!") then
    system.write("/run/runcmd", text)
    system.run("chmod", "0755", "/run/runcmd")
  elseif is_set(user.runcmd) then
    write_commands(user.runcmd)
  end
  system.write(known, instance)
end
if system.read("/var/lib/cloud/ssh-password") then system.write("/run/ssh-options", "SSH_OPTIONS=\n") end
