-- Преводи текстова који стоје у подацима, по енглеском тексту: зашто је број
-- обележен, зашто су остале листе један ред, прописи и њихови извори. Само
-- ћирилицом; латиница се изводи.
return {
  -- зашто је број обележен
  ["at least: SNS had 438,741 votes at 1,696 stations and has 48.82 % in the "
    .. "end, so more than 438,741 / 0.48825, assuming that later counts only "
    .. "add. At most: the ballots in the box"] =
    "најмање: СНС је на 1.696 бирачких места имао 438.741 глас, а на крају "
    .. "има 48,82 %, дакле више од 438.741 / 0,48825, под претпоставком да "
    .. "каснија бројања само додају. Највише: листићи у кутији",
  ["at most: 922,441 had signed at 1,696 stations, printed as 59.24 % of the "
    .. "voters registered there, so at least 1,556,994 (922,441 / 0.59245) "
    .. "were; the other stations have at most 112,797 of the 1,669,791. At "
    .. "least: the valid ballots"] =
    "највише: на 1.696 бирачких места потписао се 922.441 бирач, што је "
    .. "одштампано као 59,24 % тамо уписаних, па их је најмање 1.556.994 "
    .. "(922.441 / 0,59245); остала места имају највише 112.797 од "
    .. "1.669.791. Најмање: важећи листићи",
  ["ballots in the box less valid ballots, both estimated"] =
    "листићи у кутији мање важећи листићи, оба процењена",
  ["ballots in the box less valid ballots, both recalled"] =
    "листићи у кутији мање важећи листићи, оба по сећању",
  ["estimated ballots in the box less the 19,155 invalid"] =
    "процењени листићи у кутији мање 19.155 неважећих",
  ["implied by 348,345 votes of SNS printed as 38.02 %; the value is about "
    .. "the middle"] =
    "следи из 348.345 гласова листе СНС одштампаних као 38,02 %; вредност "
    .. "је око средине",
  ["not printed in any document at hand; it agrees with the published totals "
    .. "and percentages"] =
    "није одштампано ни у једном документу при руци; слаже се са објављеним "
    .. "збировима и процентима",
  ["not printed in any document at hand; the five lists agree with 39.93, "
    .. "35.39, 6.13, 5.50 and 4.86 % of valid votes"] =
    "није одштампано ни у једном документу при руци; пет листа слаже се са "
    .. "39,93, 35,39, 6,13, 5,50 и 4,86 % важећих гласова",
  ["not printed in any document at hand; the four recalled lists add up to "
    .. "what the official valid total leaves (318,708)"] =
    "није одштампано ни у једном документу при руци; збир четири листе по "
    .. "сећању је оно што преостаје од званичног броја важећих (318.708)",
  ["not printed in any document at hand; the published percentages of the "
    .. "lists bound it"] =
    "није одштампано ни у једном документу при руци; границе му дају "
    .. "објављени проценти листа",
  ["not printed in any document at hand; the published turnout of 58.77 % of "
    .. "6,500,666 bounds it"] =
    "није одштампано ни у једном документу при руци; границе му даје "
    .. "објављена излазност од 58,77 % од 6.500.666",
  ["the sum of the 18 lists, seven of which are recalled"] =
    "збир 18 листа, од којих је седам по сећању",
  ["turnout is printed as 46.12 % (46.115 to 46.125) of 1,602,112"] =
    "излазност је одштампана као 46,12 % (46,115 до 46,125) од 1.602.112",
  ["turnout is printed as 51.3 % of 1,606,931"] =
    "излазност је одштампана као 51,3 % од 1.606.931",
  ["turnout is printed as 58.41 % of 1,613,369"] =
    "излазност је одштампана као 58,41 % од 1.613.369",
  ["turnout is printed as 61.33 % of 6,749,886"] =
    "излазност је одштампана као 61,33 % од 6.749.886",
  ["valid ballots are known only within an interval"] =
    "важећи листићи познати су само у границама",
  ["what its printed percentages allow"] =
    "оно што дозвољавају њени одштампани проценти",
  ["what the recalled votes and the printed percentages of valid votes "
    .. "(39.93, 35.39, 6.13, 5.50, 4.86) allow"] =
    "оно што дозвољавају гласови по сећању и одштампани проценти важећих "
    .. "гласова (39,93, 35,39, 6,13, 5,50, 4,86)",
  ["what the votes and the printed percentages of ballots in the box allow; "
    .. "the value is about the middle"] =
    "оно што дозвољавају гласови и одштампани проценти листића у кутији; "
    .. "вредност је око средине",
  ["what the votes and the printed percentages of valid votes allow; the "
    .. "value is the middle"] =
    "оно што дозвољавају гласови и одштампани проценти важећих гласова; "
    .. "вредност је средина",
  ["votes are not known; a seat is given only if it holds for every value "
    .. "inside the rounding of the published shares"] =
    "гласови нису познати; мандат се даје само ако важи за сваку вредност "
    .. "унутар заокружења објављених удела",

  -- остале листе
  ["eight lists below the 5 % threshold, none took a seat: their votes are "
    .. "the official valid total less the twelve lists here"] =
    "осам листа испод цензуса од 5 %, ниједна није добила мандат: њихови "
    .. "гласови су званични број важећих мање дванаест листа овде",
  ["five of 11 lists took no seat: the seats of the six lists here add up to "
    .. "61; their votes are not in the sources"] =
    "пет од 11 листа није добило мандат: збир мандата шест листа овде је 61; "
    .. "њихових гласова нема у изворима",
  ["five of 12 lists, below 3 % and without a seat: the estimated valid total "
    .. "less the seven lists here"] =
    "пет од 12 листа, испод 3 % и без мандата: процењени број важећих мање "
    .. "седам листа овде",
  ["lists below the 5 % threshold are not in the sources; the seats of the "
    .. "eight lists here add up to 250"] =
    "листа испод цензуса од 5 % нема у изворима; збир мандата осам листа "
    .. "овде је 250",
  ["lists below the 5 % threshold are not in the sources; the seats of the "
    .. "eleven lists here add up to 250"] =
    "листа испод цензуса од 5 % нема у изворима; збир мандата једанаест "
    .. "листа овде је 250",
  ["lists below the 5 % threshold, none took a seat: their votes are the "
    .. "official valid total less the twelve lists here"] =
    "листе испод цензуса од 5 %, ниједна није добила мандат: њихови гласови "
    .. "су званични број важећих мање дванаест листа овде",
  ["nine of 14 lists, below the threshold and without a seat (the count at "
    .. "92.09 % names them): the estimated valid total less the five lists "
    .. "here"] =
    "девет од 14 листа, испод цензуса и без мандата (именује их стање на "
    .. "92,09 %): процењени број важећих мање пет листа овде",
  ["nine of 14 lists, below the threshold and without a seat: the estimated "
    .. "valid total less the five lists here"] =
    "девет од 14 листа, испод цензуса и без мандата: процењени број важећих "
    .. "мање пет листа овде",
  ["nine of 14 lists, none took a seat (overall report): their votes are the "
    .. "official valid total less the five lists here"] =
    "девет од 14 листа, ниједна није добила мандат (укупни извештај): њихови "
    .. "гласови су званични број важећих мање пет листа овде",
  ["nineteen of 23 lists took no seat: the seats of the four lists here add "
    .. "up to 110; their votes are not in the source"] =
    "деветнаест од 23 листе није добило мандат: збир мандата четири листе "
    .. "овде је 110; њихових гласова нема у извору",
  ["seven of 13 lists took no seat: the seats of the six lists here add up to "
    .. "120; their final votes are not in the sources"] =
    "седам од 13 листа није добило мандат: збир мандата шест листа овде је "
    .. "120; њихових коначних гласова нема у изворима",
  ["six lists below the 5 % threshold, none took a seat; their votes are not "
    .. "in the sources"] =
    "шест листа испод цензуса од 5 %, ниједна није добила мандат; њихових "
    .. "гласова нема у изворима",
  ["the source prints only lists with seats, which add up to 120"] =
    "извор штампа само листе са мандатима, којих је укупно 120",
  ["twenty of 24 lists, below the 5 % threshold and without a seat; their "
    .. "votes are not in the sources"] =
    "двадесет од 24 листе, испод цензуса од 5 % и без мандата; њихових "
    .. "гласова нема у изворима",

  -- одакле су објављени мандати
  ["City Election Commission of Niš, final, by way of euronews.rs"] =
    "Градска изборна комисија Града Ниша, коначно, преко euronews.rs",
  ["City Election Commission of Novi Sad, by way of tanjug.rs"] =
    "Градска изборна комисија Града Новог Сада, преко tanjug.rs",
  ["City Election Commission, by way of b92.net"] =
    "Градска изборна комисија, преко b92.net",
  ["City Election Commission, by way of balkan.buzz"] =
    "Градска изборна комисија, преко balkan.buzz",
  ["City Election Commission, by way of piglix.com"] =
    "Градска изборна комисија, преко piglix.com",
  ["City Election Commission, by way of serbianmonitor.com"] =
    "Градска изборна комисија, преко serbianmonitor.com",
  ["City Election Commission, by way of una.rs"] =
    "Градска изборна комисија, преко una.rs",
  ["Provincial Election Commission, by way of 013info.rs"] =
    "Покрајинска изборна комисија, преко 013info.rs",
  ["Provincial Election Commission, by way of naslovi.net"] =
    "Покрајинска изборна комисија, преко naslovi.net",
  ["Provincial Election Commission, preliminary, by way of rts.rs"] =
    "Покрајинска изборна комисија, прелиминарно, преко rts.rs",
  ["Republic Electoral Commission, by way of Wikipedia mirrors and "
    .. "china.org.cn"] =
    "Републичка изборна комисија, преко огледала Википедије и china.org.cn",
  ["Republic Electoral Commission, by way of a Wikipedia mirror"] =
    "Републичка изборна комисија, преко огледала Википедије",
  ["Republic Electoral Commission, by way of electionguide.org/elections/id/"
    .. "1628"] =
    "Републичка изборна комисија, преко electionguide.org/elections/id/1628",
  ["Republic Electoral Commission, by way of electionguide.org/elections/id/"
    .. "2710"] =
    "Републичка изборна комисија, преко electionguide.org/elections/id/2710",
  ["Republic Electoral Commission, by way of electionguide.org/elections/id/"
    .. "2908"] =
    "Републичка изборна комисија, преко electionguide.org/elections/id/2908",
  ["Republic Electoral Commission, by way of ispd.org.cy and euronews.rs"] =
    "Републичка изборна комисија, преко ispd.org.cy и euronews.rs",
  ["Statistical Office of Serbia, by way of github.com/jpaic/"
    .. "serbia-elections (collector/raw/2020-mandati.json)"] =
    "Републички завод за статистику, преко github.com/jpaic/serbia-elections "
    .. "(collector/raw/2020-mandati.json)",
  ["Statistical Office of Serbia, by way of github.com/jpaic/"
    .. "serbia-elections (collector/raw/2022-mandati.json)"] =
    "Републички завод за статистику, преко github.com/jpaic/serbia-elections "
    .. "(collector/raw/2022-mandati.json)",

  -- извори са речима уз адресу
  ["Wikipedia 'Elections in Serbia' mirror (votes of 15 lists, valid "
    .. "3,693,328, invalid 112,722)"] =
    "огледало чланка Википедије „Elections in Serbia“ (гласови 15 листа, "
    .. "важећих 3.693.328, неважећих 112.722)",
  ["Wikipedia mirror 'Serbian parliamentary election, 2008'"] =
    "огледало чланка Википедије „Serbian parliamentary election, 2008“",
  ["Wikipedia mirrors of '2007 Serbian parliamentary election'"] =
    "огледала чланка Википедије „2007 Serbian parliamentary election“",
  ["github.com/jpaic/serbia-elections collector/raw/2022-mandati.json "
    .. "@aa8bbbdf2d43bd3427a6a407ea705b7c26192c99 (official seats, "
    .. "Statistical Office SDDB)"] =
    "github.com/jpaic/serbia-elections collector/raw/2022-mandati.json "
    .. "@aa8bbbdf2d43bd3427a6a407ea705b7c26192c99 (званични мандати, "
    .. "Републички завод за статистику)",
  ["github.com/mladenjovanovic/izbori-2020 (izbori.csv: votes and ballots, "
    .. "added up over 8,433 polling stations)"] =
    "github.com/mladenjovanovic/izbori-2020 (izbori.csv: гласови и листићи, "
    .. "сабрани по 8.433 бирачка места)",
  ["https://balkan.buzz/gik-usvojila-izvestaj-beograd-ne-sme-da-stane-49-"
    .. "mandata-spn-43-nada-sedam-mi-glas-naroda (seats)"] =
    "https://balkan.buzz/gik-usvojila-izvestaj-beograd-ne-sme-da-stane-49-"
    .. "mandata-spn-43-nada-sedam-mi-glas-naroda (мандати)",
  ["https://en.wikipedia.org/wiki/2020_Serbian_parliamentary_election "
    .. "(percentages and seats)"] =
    "https://en.wikipedia.org/wiki/2020_Serbian_parliamentary_election "
    .. "(проценти и мандати)",
  ["https://en.wikipedia.org/wiki/2023_Belgrade_City_Assembly_election "
    .. "(percent of valid 39.93/35.39/6.13/5.50/4.86, turnout 58.41 %, "
    .. "seats)"] =
    "https://en.wikipedia.org/wiki/2023_Belgrade_City_Assembly_election "
    .. "(проценти важећих 39,93/35,39/6,13/5,50/4,86, излазност 58,41 %, "
    .. "мандати)",
  ["https://encycloreader.org/r/wikipedia.php?q=2023_Vojvodina_provincial_"
    .. "election (percent of valid, seats)"] =
    "https://encycloreader.org/r/wikipedia.php?q=2023_Vojvodina_provincial_"
    .. "election (проценти важећих, мандати)",
  ["https://ispd.org.cy/luxembourg-parliamentary-elections (votes of "
    .. "seat-winning lists)"] =
    "https://ispd.org.cy/luxembourg-parliamentary-elections (гласови листа "
    .. "са мандатима)",
  ["https://mediated.wiki/source/City_Assembly_of_Belgrade.md (votes, % of "
    .. "valid 53.79/18.03/12.42/8.31)"] =
    "https://mediated.wiki/source/City_Assembly_of_Belgrade.md (гласови, % "
    .. "важећих 53,79/18,03/12,42/8,31)",
  ["https://naslovi.net/2024-01-15/ozon/objavljeni-konacni-rezultati-"
    .. "pokrajinskih-izbora/35494137 (final seats)"] =
    "https://naslovi.net/2024-01-15/ozon/objavljeni-konacni-rezultati-"
    .. "pokrajinskih-izbora/35494137 (коначни мандати)",
  ["https://naslovi.net/rd/35244413 (registered)"] =
    "https://naslovi.net/rd/35244413 (уписани бирачи)",
  ["https://una.rs/vesti/izbori-u-srbiji/gik-usvojio-ukupni-izvestaj-o-"
    .. "izborima-u-beogradu (official %, seats, turnout 46.12 %)"] =
    "https://una.rs/vesti/izbori-u-srbiji/gik-usvojio-ukupni-izvestaj-o-"
    .. "izborima-u-beogradu (званични %, мандати, излазност 46,12 %)",
  ["https://wap.pink.rs/izbori-2024/595951/gik-utvrdio-u-beogradu-preko-"
    .. "milion-i-sest-stotina-glasaca (registered at closing of roll)"] =
    "https://wap.pink.rs/izbori-2024/595951/gik-utvrdio-u-beogradu-preko-"
    .. "milion-i-sest-stotina-glasaca (уписани при закључењу списка)",

  -- излазност по сатима
  ["Turnout of the parliamentary roll in Belgrade: boards counted one "
    .. "signature for all elections of the day."] =
    "Излазност по бирачком списку за парламентарне изборе у Београду: бирачки "
    .. "одбори бројали су један потпис за све изборе тог дана.",

  -- органи и странке у поступку
  ["Administrative Court"] = "Управни суд",
  ["City Election Commission"] = "Градска изборна комисија",
  ["Constitutional Court"] = "Уставни суд",
  ["Higher Court"] = "Виши суд",
  ["Higher Court in Belgrade"] = "Виши суд у Београду",
  ["Local Election Commission"] = "Локална изборна комисија",
  ["Provincial Election Commission"] = "Покрајинска изборна комисија",
  ["Republic Electoral Commission"] = "Републичка изборна комисија",
  ["a list submitter"] = "подносилац листе",
  ["a voter"] = "бирач",
  ["voters"] = "бирачи",

  -- шта је наложено
  ["annulled"] = "поништено",
  ["annulled, repeated voting"] = "поништено, поновно гласање",
  ["correction of the record"] = "исправка записника",
  ["recount"] = "поновно бројање",
  ["repeated voting"] = "поновно гласање",
  ["revote"] = "поновно гласање",

  -- шта посматрачи пријављују
  ["ballot box not shown empty"] = "кутија није показана празна",
  ["ballot in the wrong box"] = "листић у погрешној кутији",
  ["ballot box stuffing"] = "убацивање листића у кутију",
  ["ballots photographed"] = "фотографисање листића",
  ["control sheet missing"] = "нема контролног листа",
  ["family voting"] = "породично гласање",
  ["group voting"] = "групно гласање",
  ["inconsistent use of lamp and spray"] =
    "недоследна употреба лампе и спреја",
  ["organised groups"] = "организоване групе",
  ["overcrowding"] = "гужва на бирачком месту",
  ["parallel voter list"] = "паралелни списак бирача",
  ["parallel voter lists"] = "паралелни спискови бирача",
  ["party material"] = "страначки материјал",
  ["secrecy of the vote violated"] = "нарушена тајност гласања",
  ["signature on the wrong line"] = "потпис на погрешном месту у изводу",
  ["unauthorised persons"] = "неовлашћена лица на бирачком месту",
  ["unsealed bags"] = "незапечаћене вреће",
  ["violence or threats"] = "насиље или претње",
  ["vote buying"] = "куповина гласова",
  ["voter outside the roll extract voted"] =
    "гласало је лице које није у изводу из бирачког списка",
  ["voters not found in the roll"] = "бирачи којих нема у списку",
  ["voting interrupted"] = "прекинуто гласање",
  ["voting without a valid document"] = "гласање без важећег документа",

  -- рокови и последице у прописима
  ["a voter may ask to annul only his own station"] =
    "бирач може да тражи поништавање гласања само на свом бирачком месту",
  ["or from the last remedy or repeated voting"] =
    "или од последњег правног лека или поновног гласања",
  ["to the Higher Court, which gets the file within 24 hours"] =
    "Вишем суду, који списе добија у року од 24 сата",
  ["a serious error: the material is inspected, and annulled if confirmed"] =
    "тешка грешка: врши се увид у изборни материјал и, ако се потврди, "
    .. "гласање се поништава",
  ["control sheet missing, not filled in or not signed"] =
    "контролни лист недостаје, није попуњен или није потписан",
  ["a person outside the roll extract voted"] =
    "гласало је лице које није у изводу из бирачког списка",
  ["a voter may sign and not cast the ballot"] =
    "бирач може да потпише и да не убаци листић",
  ["a ballot may be received and neither used nor returned"] =
    "листић може бити примљен, а ни употребљен ни враћен",
  ["no ground to annul by itself: the material is inspected"] =
    "само по себи није разлог за поништавање: врши се увид у изборни материјал",
  ["no record, or fewer than three signatures on it"] =
    "нема записника или су на њему мање од три потписа",
  ["voting not held, or broken off and not taken up again"] =
    "гласање није одржано, или је прекинуто и није настављено",
  ["commissions correct obvious slips by decision"] =
    "комисије очигледне омашке исправљају решењем",
  ["a serious error until the material has been inspected"] =
    "тешка грешка док се не изврши увид у изборни материјал",

  -- прописи
  ["Law on the Election of Members of Parliament, Official Gazette of the "
    .. "Republic of Serbia 14/2022"] =
    "Закон о избору народних посланика, „Службени гласник РС“ 14/2022",
  ["Law on the Election of Members of Parliament, Official Gazette of the "
    .. "Republic of Serbia 35/2000 as amended by 12/2020"] =
    "Закон о избору народних посланика, „Службени гласник РС“ 35/2000, са "
    .. "изменама до 12/2020",
  ["Law on the Election of Members of Parliament, Official Gazette of the "
    .. "Republic of Serbia 35/2000"] =
    "Закон о избору народних посланика, „Службени гласник РС“ 35/2000",
  ["Law on Local Elections, Official Gazette of the Republic of Serbia "
    .. "14/2022, amended by 35/2024"] =
    "Закон о локалним изборима, „Службени гласник РС“ 14/2022, са изменом "
    .. "35/2024",
  ["Law on Local Elections, Official Gazette of the Republic of Serbia "
    .. "129/2007 as amended by 12/2020"] =
    "Закон о локалним изборима, „Службени гласник РС“ 129/2007, са изменама "
    .. "до 12/2020",
  ["Law on Local Elections, Official Gazette of the Republic of Serbia "
    .. "129/2007"] =
    "Закон о локалним изборима, „Службени гласник РС“ 129/2007",
  ["Decision of the Assembly of Vojvodina on the election of its members, "
    .. "Official Gazette of Vojvodina 23/2014 as amended by 12/2020"] =
    "Покрајинска скупштинска одлука о избору посланика у Скупштину АП "
    .. "Војводине, „Службени лист АПВ“ 23/2014, са изменама до 12/2020",
  ["Decision of the Assembly of Vojvodina on the election of its members, "
    .. "Official Gazette of Vojvodina 23/2014"] =
    "Покрајинска скупштинска одлука о избору посланика у Скупштину АП "
    .. "Војводине, „Службени лист АПВ“ 23/2014",
  ["no factor before 2020: 2012 to 2016 reproduce without"] =
    "пре 2020. нема увећања количника: резултати од 2012. до 2016. добијају "
    .. "се без њега",
  ["of the 2022 text only the bill's article 5 (one district, highest "
    .. "averages) could be read"] =
    "од текста из 2022. могао је да се прочита само члан 5. предлога (једна "
    .. "изборна јединица, највећи количник)",
  ["Lists that are summed up as others take no part here: whether one of them "
    .. "would get a seat with this threshold is not known."] =
    "Листе које су дате само у збиру овде не учествују: није познато да ли би "
    .. "нека од њих са овим цензусом добила мандат.",
  ["No list reached the threshold, so all take part."] =
    "Ниједна листа није прешла цензус, па учествују све.",
  ["Averages of minority lists still count 27/20: that rests on the words "
    .. "'below the threshold', read literally; no provision or decision on it "
    .. "is known."] =
    "Количници мањинских листа и тада се увећавају на 27/20: то почива на "
    .. "речима „испод цензуса“, узетим дословно; одредба или одлука о томе "
    .. "није позната.",
}
