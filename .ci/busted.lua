-- busted on the Lua that runs this file; the `busted` command takes `lua`.
require("busted.runner")({ standalone = false })
