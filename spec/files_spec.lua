local files = require "urna.files"

local function read(path)
  local file = io.open(path, "rb")
  local text = file and file:read("*a")
  if file then file:close() end
  return text
end

describe("a file", function()
  it("is written byte for byte over what was there", function()
    local path = os.tmpname()
    assert.is_true(files.write(path, "a much longer text"))
    assert.is_true(files.write(path, "a\r\nb\0c\255"))
    assert.equal("a\r\nb\0c\255", read(path))
    assert.is_nil(read(path .. ".part"))
    os.remove(path)
  end)

  it("in a folder that is not there is an error with its path", function()
    local done, err = files.write("no/such/folder/x", "text")
    assert.is_nil(done)
    assert.same({ "cannot_write", "no/such/folder/x" }, { err.code, err.file })
  end)

  it("that cannot be replaced leaves nothing behind", function()
    -- spec is a folder: no file can take its name
    local done, err = files.write("spec", "text")
    assert.is_nil(done)
    assert.equal("cannot_write", err.code)
    assert.is_nil(read("spec.part"))
  end)

  it("is read as bytes or as text; what is no text is told by its line",
    function()
      local path = os.tmpname()
      assert(files.write(path, "a\nb\255\n"))
      assert.equal("a\nb\255\n", files.read(path))
      local text, err = files.text(path)
      assert.is_nil(text)
      assert.same({ path, 2 }, { err.file, err.line })
      assert(files.write(path, "a\nč\n"))
      assert.equal("a\nč\n", files.text(path))
      os.remove(path)
      assert.equal("cannot_read", select(2, files.read(path)).code)
    end)

  it("that is full stays as it was", function()
    if not io.open("/dev/full", "wb") then pending("/dev/full is absent") end
    local path = os.tmpname()
    assert(files.write(path, "before"))
    os.execute(("ln -sf /dev/full %s.part"):format(path))
    local done, err = files.write(path, ("x"):rep(100000))
    assert.is_nil(done)
    assert.equal("cannot_write", err.code)
    assert.equal("before", read(path))
    os.remove(path)
  end)
end)
