"""Words that say that it is not so, and how far they reach."""

import pytest

from tracker.claims.standing.modality import cue_over, find_cues


def modality(text: str, trigger: str) -> str:
    start = text.index(trigger)
    cue = cue_over(find_cues(text), text, start, start + len(trigger))
    return "asserted" if cue is None else cue.modality.value


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The army vowed to retake Morla.", "retake"),
        ("The battle to retake Morla goes on.", "retake"),
        ("The campaign for the liberation of Morla goes on.", "liberation"),
        ("They are on the verge of capturing Morla.", "capturing"),
        ("The rebels did not enter Morla.", "enter"),
        ("The rebels have yet to enter Morla.", "enter"),
        ("If they reach Morla, the road is cut.", "reach"),
        ("The loss of Morla would leave them alone.", "loss"),
        ("Troops were ordered to withdraw from Morla.", "withdraw"),
        ("The army repelled an attempt to storm Morla.", "storm"),
        ("The brigade has fire control over Morla.", "control"),
        ("The ministry denied that Morla had fallen.", "fallen"),
        ("The attack was aimed at retaking Morla.", "retaking"),
        ("They failed to take Morla.", "take"),
    ],
)
def test_what_is_not_so_is_unreal(text: str, trigger: str) -> None:
    assert modality(text, trigger) == "unreal"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The army managed to retake Morla.", "retake"),
        ("The army attempted to storm the hill and captured Morla.", "captured"),
        ("After the battle for the hill, the army entered Morla.", "entered"),
        ("The army was forced to withdraw from Morla.", "withdraw"),
        ("The army captured Morla, but will not stay.", "captured"),
        ("In an attempt to break out, they launched a raid. The army holds Morla.", "holds"),
    ],
)
def test_what_came_about_is_asserted(text: str, trigger: str) -> None:
    assert modality(text, trigger) == "asserted"


@pytest.mark.parametrize(
    ("text", "trigger"),
    [
        ("The army has reportedly captured Morla.", "captured"),
        ("The rebels claimed to have taken Morla.", "taken"),
        ("Morla is believed to have fallen.", "fallen"),
        ("Fighters were reported to have withdrawn from Morla.", "withdrawn"),
    ],
)
def test_what_is_not_sure_is_hedged(text: str, trigger: str) -> None:
    assert modality(text, trigger) == "hedged"


def test_no_longer_undoes_what_it_governs() -> None:
    (cue,) = find_cues("The militia no longer holds Morla.")
    assert (cue.text, cue.cue_class) == ("no longer", "negated")
