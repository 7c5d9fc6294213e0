"""The records that travel between the stages: frozen, named, without I/O."""

from tracker.model.actor import Actor, ActorName, plain_name
from tracker.model.claim import Claim, ClaimPlace, Kind, Modality, claim_id_of
from tracker.model.judgement import Judgement, StateTarget, Verdict, mention_target, state_target
from tracker.model.layer import BaseShape, ClaimQuote, Layer, LayerFeature, LayerLine
from tracker.model.place import Candidate, Mention, Place, PlaceIndex, PlaceName, Resolution
from tracker.model.report import Report, report_id_of
from tracker.model.state import ActorProbability, State, Status
from tracker.model.time import DateBounds, edtf_bounds, parse_day

__all__ = [
    "Actor",
    "ActorName",
    "ActorProbability",
    "BaseShape",
    "Candidate",
    "Claim",
    "ClaimPlace",
    "ClaimQuote",
    "DateBounds",
    "Judgement",
    "Kind",
    "Layer",
    "LayerFeature",
    "LayerLine",
    "Mention",
    "Modality",
    "Place",
    "PlaceIndex",
    "PlaceName",
    "Report",
    "Resolution",
    "State",
    "StateTarget",
    "Status",
    "Verdict",
    "claim_id_of",
    "edtf_bounds",
    "mention_target",
    "parse_day",
    "plain_name",
    "report_id_of",
    "state_target",
]
