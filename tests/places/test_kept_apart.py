"""
Sentences of many wars: people, peoples, units, ships and papers are kept apart from the places they are named after.

Each row: a sentence; the places that it names, with the start of their id, their country, or None for a place that no
gazetteer knows; names in it that are no places here.
"""

import pytest

from tracker.model import Report
from tracker.pipeline import Stages

SENTENCES = [
    (
        "Residents of Kutum said that fighters from Nyala had left the town.",
        {"Kutum": "gn:371745", "Nyala": "gn:369004"},
        [],
    ),
    (
        "HMS London shelled the coast near Benghazi.",
        {"Benghazi": "gn:88319"},
        ["London"],
    ),
    (
        "Paris Hilton was not in Aleppo.",
        {"Aleppo": "gn:170063"},
        ["Paris"],
    ),
    (
        "The Kharkiv brigade was moved to Kupiansk.",
        {"Kupiansk": "gn:703656"},
        ["Kharkiv"],
    ),
    (
        "The 1st Damascus Division withdrew from Homs.",
        {"Homs": "gn:169577"},
        ["Damascus"],
    ),
    (
        "Al-Quds newspaper reported clashes in Sanaa.",
        {"Sanaa": "gn:71137"},
        ["Quds", "Al-Quds"],
    ),
    (
        "President Lincoln never saw Gettysburg.",
        {"Gettysburg": "US"},
        ["Lincoln"],
    ),
    (
        "Washington said it would send weapons to Kyiv.",
        {"Kyiv": "gn:703448"},
        [],
    ),
    (
        "Troops closed the Raqqa–Deir ez-Zor road.",
        {"Raqqa": "gn:172955", "Deir ez-Zor": "gn:170794"},
        [],
    ),
    (
        "Rebels hold the countryside of Idlib.",
        {"Idlib": "gn:"},
        [],
    ),
    (
        "The army took hills east of Palmyra.",
        {"Palmyra": "gn:163808"},
        [],
    ),
    (
        "Fighting spread to the Harabish and Tahtuh districts of Deir Ezzor.",
        {"Harabish": "tk:sy-dez-harabish", "Deir Ezzor": "gn:170794"},
        [],
    ),
    (
        "A soldier from Springfield, Illinois was killed.",
        {"Springfield": "gn:4250542", "Illinois": "gn:4896861"},
        [],
    ),
    (
        "They reached the village of Umm Qarqura in Syria.",
        {"Umm Qarqura": None, "Syria": "gn:163843"},
        [],
    ),
    (
        "USS Cole was hit in Aden harbour in 2000.",
        {"Aden": "gn:415189"},
        ["Cole"],
    ),
    (
        "The frigate Moskva sank off Odesa.",
        {"Odesa": "gn:698740"},
        ["Moskva"],
    ),
    (
        "Rochelle Davis, a historian, left Baghdad.",
        {"Baghdad": "gn:98182"},
        ["Rochelle"],
    ),
    (
        "General Dvornikov commanded the Russian troops around Mariupol.",
        {"Mariupol": "gn:701822"},
        ["Russian"],
    ),
    (
        "Jack London and Charlotte Bronte are read in Sarajevo.",
        {"Sarajevo": "gn:3191281"},
        ["London", "Charlotte"],
    ),
    (
        "The New York Times reported from Mosul.",
        {"Mosul": "gn:99072"},
        ["New York"],
    ),
    (
        "The Sirte Protection Force gave up the airport road in Tripoli, Libya.",
        {"Tripoli": "gn:2210247"},
        ["Sirte"],
    ),
    (
        "Misrata brigades entered Sirte.",
        {"Sirte": "gn:2210554"},
        ["Misrata"],
    ),
    (
        "The Zintan militia left Tripoli International Airport.",
        {"Tripoli International Airport": "tk:ly-tripoli-airport"},
        ["Zintan"],
    ),
    (
        "The 4th Mechanised Brigade fought at Ilovaisk.",
        {"Ilovaisk": "gn:707"},
        [],
    ),
    (
        "The Donetsk People's Republic claimed Debaltseve.",
        {"Debaltseve": "gn:"},
        [],
    ),
    (
        "Russian forces captured the towns of Izium, Lyman and Popasna.",
        {"Izium": "gn:707292", "Lyman": "gn:", "Popasna": "gn:"},
        ["Russian"],
    ),
    (
        "The Houthis took al-Hazm in al-Jawf province.",
        {"al-Hazm": "gn:", "al-Jawf province": "gn:"},
        [],
    ),
    (
        "Houthi fighters seized Amran and marched on Sanaa.",
        {"Amran": "gn:", "Sanaa": "gn:71137"},
        [],
    ),
    (
        "TPLF forces recaptured Mekelle and entered Lalibela in Ethiopia.",
        {"Mekelle": "gn:", "Lalibela": "gn:", "Ethiopia": "gn:337996"},
        [],
    ),
    (
        "The Taliban captured Kunduz, Sar-e-Pol and Taloqan within hours.",
        {"Kunduz": "gn:1135689", "Sar-e-Pol": "AF", "Taloqan": "AF"},
        [],
    ),
    (
        "Kandahar and Lashkar Gah fell to the Taliban.",
        {"Kandahar": "gn:1138336", "Lashkar Gah": "AF"},
        [],
    ),
    (
        "Azerbaijan captured Shusha and Jabrayil.",
        {"Azerbaijan": "gn:", "Shusha": "AZ", "Jabrayil": "AZ"},
        [],
    ),
    (
        "Armenian forces left Kalbajar and Lachin.",
        {"Kalbajar": "AZ", "Lachin": "AZ"},
        ["Armenian"],
    ),
    (
        "Tuareg rebels took Kidal, Gao and Timbuktu in northern Mali.",
        {"Kidal": "ML", "Gao": "ML", "Timbuktu": "ML", "Mali": "gn:"},
        [],
    ),
    (
        "Al-Shabaab lost Kismayo and Barawe.",
        {"Kismayo": "SO", "Barawe": "SO"},
        [],
    ),
    (
        "The Three Brotherhood Alliance seized Laukkai and Lashio in Myanmar.",
        {"Laukkai": "MM", "Lashio": "MM", "Myanmar": "gn:1327865"},
        [],
    ),
    (
        "Bosnian Serb forces overran Srebrenica and Zepa.",
        {"Srebrenica": "BA", "Zepa": "BA"},
        [],
    ),
    (
        "Israeli tanks entered Khan Younis and Rafah.",
        {"Khan Younis": "PS", "Rafah": "PS"},
        [],
    ),
    (
        "The Rapid Support Forces took Nyala, El Geneina and Wad Madani.",
        {"Nyala": "SD", "El Geneina": "SD", "Wad Madani": "SD"},
        [],
    ),
    (
        "The army broke the siege of El Obeid, the capital of North Kordofan.",
        {"El Obeid": "SD", "North Kordofan": "SD"},
        [],
    ),
    (
        "The Battle of Britain was remembered in London.",
        {"London": "gn:2643743"},
        [],
    ),
    (
        "Georgia, the analyst's sister, moved to Tbilisi.",
        {"Tbilisi": "gn:611717"},
        [],
    ),
    (
        "Jordan Henderson played while fighting went on in Gaza City.",
        {"Gaza City": "gn:281133"},
        ["Jordan"],
    ),
    (
        "Chad Smith drummed in Khartoum.",
        {"Khartoum": "gn:379252"},
        ["Chad"],
    ),
    (
        "The City was quiet, said Al, a shopkeeper in Damascus.",
        {"Damascus": "gn:170654"},
        ["The City", "City", "Al"],
    ),
    (
        "Operation Olive Branch began in Afrin.",
        {"Afrin": "gn:"},
        ["Olive", "Branch", "Olive Branch"],
    ),
    (
        "The Aleppo Media Center posted a video of Saif al-Dawla.",
        {},
        ["Aleppo"],
    ),
    (
        "The Hama Military Council denied that Morek was lost.",
        {"Morek": "gn:"},
        ["Hama"],
    ),
    (
        "The Syrian Observatory for Human Rights said Kafr Nabl was hit.",
        {"Kafr Nabl": "gn:"},
        ["Syrian"],
    ),
    (
        "The Idlib-based group shelled Jableh.",
        {"Jableh": "gn:"},
        [],
    ),
    (
        "Ahmad al-Homsi, a commander, died near Salamiyah.",
        {"Salamiyah": "gn:"},
        ["Homsi", "al-Homsi"],
    ),
    (
        "Abu Omar al-Baghdadi was killed near Tikrit.",
        {"Tikrit": "gn:90150"},
        ["Baghdadi", "al-Baghdadi"],
    ),
    (
        "Colonel Suheil al-Hassan's Tiger Forces advanced in Hama province.",
        {"Hama province": "gn:"},
        [],
    ),
    (
        "Israel Defense Forces struck Beit Lahia.",
        {"Beit Lahia": "gn:"},
        ["Israel"],
    ),
    (
        "The Libya Observer said that Bani Walid had changed sides.",
        {"Bani Walid": "gn:"},
        ["Libya"],
    ),
    (
        "US-backed forces took Tabqa.",
        {"Tabqa": "gn:172374"},
        [],
    ),
    (
        "Turkey-backed rebels attacked Ayn Issa.",
        {"Ayn Issa": "gn:"},
        [],
    ),
    (
        "The Euphrates flows past Raqqa.",
        {"Euphrates": "", "Raqqa": "gn:172955"},
        [],
    ),
    (
        "The Black Sea Fleet left Sevastopol.",
        {"Sevastopol": "gn:694423"},
        ["Black Sea"],
    ),
    (
        "Ukraine's 93rd Brigade holds Soledar, north of Bakhmut.",
        {"Ukraine": "gn:690791", "Soledar": "gn:", "Bakhmut": "gn:713174"},
        [],
    ),
    (
        "British soldiers left Basra Palace.",
        {},
        ["British"],
    ),
    (
        "He studied at Damascus University and at the University of Aleppo.",
        {},
        [],
    ),
    (
        "The Geneva Conventions were broken in Grozny.",
        {"Grozny": "gn:558418"},
        ["Geneva"],
    ),
    (
        "The Wagner Group took Bakhmut; Wagner then left.",
        {"Bakhmut": "gn:713174"},
        ["Wagner"],
    ),
    (
        "Clashes in the Al-Waer, Khalidiya and Bab Amr neighbourhoods of Homs went on.",
        {"Al-Waer": "SY", "Khalidiya": "SY", "Bab Amr": "SY", "Homs": "gn:169577"},
        [],
    ),
    (
        "Government troops retook Tel Rifaat, Syria.",
        {"Tel Rifaat": "gn:163"},
        [],
    ),
    (
        "Rebels left Madaya and Zabadani.",
        {"Madaya": "SY", "Zabadani": "SY"},
        [],
    ),
    (
        "Fighters of the Raqqa Revolutionary Council entered Tell Abyad.",
        {"Tell Abyad": "gn:163750"},
        ["Raqqa"],
    ),
    (
        "Shelling hit Stepanakert and the Lachin corridor.",
        {"Stepanakert": "AZ", "Lachin corridor": "AZ"},
        [],
    ),
    (
        "Sinjar Resistance Units stayed near Sinuni.",
        {"Sinuni": "IQ"},
        [],
    ),
    (
        "The militants hold Barawe and Bulo Burde in Somalia.",
        {"Barawe": "SO", "Bulo Burde": "SO", "Somalia": "gn:51537"},
        [],
    ),
    (
        "The Sudanese army shelled Ombada, a quarter of Omdurman.",
        {"Ombada": "SD", "Omdurman": "SD"},
        ["Sudanese"],
    ),
    (
        "Serb guns on Mount Igman and in Grbavica fired at Sarajevo.",
        {"Grbavica": "BA", "Sarajevo": "gn:3191281"},
        [],
    ),
    (
        "Fighting in Shejaiya and Zeitoun, districts of Gaza City, went on.",
        {"Shejaiya": "PS", "Zeitoun": "PS", "Gaza City": "gn:281133"},
        [],
    ),
]


@pytest.fixture(scope="module")
def stages() -> Stages:
    return Stages()


@pytest.mark.parametrize(("text", "places", "others"), SENTENCES, ids=[row[0][:40] for row in SENTENCES])
def test_a_sentence_names_these_places_and_no_others(
    stages: Stages, text: str, places: dict[str, str | None], others: list[str]
) -> None:
    found = {one.text: one for one in stages.locate(Report(report_id="r", text=text, sha256=""))}
    for name, expected in places.items():
        assert name in found, (name, sorted(found))
        got = found[name].place_id
        if expected is None:
            assert got is None, name
        elif len(expected) == 2:
            assert found[name].country == expected, (name, got)
        else:
            assert (got or "NIL").startswith(expected), (name, got)
    assert [name for name in others if name in found] == []


def test_most_wars_are_tried() -> None:
    assert len(SENTENCES) >= 60
