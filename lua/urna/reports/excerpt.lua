--- What a section shows of many rows: the first of them, and how many more
--- there are.
local excerpt = {}

--- How many are shown.
excerpt.MOST = 20

--- The rows of a table for the first items.
---@param items table[]
---@param row_of fun(item: table): string[]
---@return string[][]
function excerpt.rows(items, row_of)
  local rows = {}
  for i = 1, math.min(#items, excerpt.MOST) do rows[i] = row_of(items[i]) end
  return rows
end

--- A caption that says so where not all items are shown.
---@param page urna.Page
---@param caption string
---@param items table[]
---@param words { first_of: string } of the section
---@return string "Differences: the first 20 of 60"
function excerpt.caption(page, caption, items, words)
  if #items <= excerpt.MOST then return caption end
  return page.locale:say(words.first_of, { caption = caption,
    shown = page.locale:number(excerpt.MOST),
    all = page.locale:number(#items) })
end

--- The first items as sentences, and one that says how many more there are.
---@param page urna.Page
---@param sentences string[] the section's, added to
---@param items table[]
---@param sentence_of fun(item: table): string
---@param words { more: string } of the section
function excerpt.add(page, sentences, items, sentence_of, words)
  for i = 1, math.min(#items, excerpt.MOST) do
    sentences[#sentences + 1] = sentence_of(items[i])
  end
  if #items > excerpt.MOST then
    sentences[#sentences + 1] = page.locale:say(words.more,
      { count = page.locale:number(#items - excerpt.MOST) })
  end
end

--- The first items in one text.
---@param page urna.Page
---@param items table[]
---@param text_of fun(item: table): string
---@return string "Bor/1; Bor/2; and 3 more"
function excerpt.text(page, items, text_of)
  local texts = {}
  for i = 1, math.min(#items, excerpt.MOST) do texts[i] = text_of(items[i]) end
  if #items > excerpt.MOST then
    texts[#texts + 1] = page.locale:count(#items - excerpt.MOST, "more")
  end
  return table.concat(texts, "; ")
end

return excerpt
