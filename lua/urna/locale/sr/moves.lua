-- Заједничке реченице одељака који пореде два исхода.
return {
  none = "Ниједан мандат се не помера.",
  one = "Помера се један мандат: добија га {to} ({to_before} → {to_after}), а "
    .. "губи {from} ({from_before} → {from_after}).",
  several = "Мандати који се померају: {moves}.",
  move = "{list} {change} ({before} → {after})",
  threshold_moves = "Цензус, {percent} {base}, мења се са {before} на "
    .. "{after}.",
  threshold_stays = "Цензус, {percent} {base}, остаје {after}.",
  threshold_unknown = "Није познато колико гласова износи цензус.",
  above = "Изнад цензуса, а раније не: {lists}.",
  below = "Испод цензуса, а раније не: {lists}.",
  no_crossing = "Ниједна листа не прелази цензус ни у једном смеру.",
  places = "Бирачка места: {places}.",
  places_more = "Бирачка места: {places} {more}.",
}
