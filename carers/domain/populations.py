"""Which homes a figure is of (METRICS, Populations)."""

from __future__ import annotations

from collections.abc import Mapping

from carers.domain.labels import Code
from carers.domain.register import CarerType


class Population(Code):
    MAINSTREAM = "mainstream"
    GENERAL = "general"
    CONNECTED_PERSON = "connected_person", "Connected persons"
    RESPITE = "respite"
    OFSTED_MAINSTREAM = "ofsted_mainstream", "Mainstream as Ofsted counts it"
    ALL = "all", "Every type"


CARER_TYPES: Mapping[Population, frozenset[CarerType]] = {
    Population.MAINSTREAM: frozenset(
        {CarerType.GENERAL, CarerType.SPECIALIST, CarerType.EARLY_PERMANENCE}
    ),
    Population.GENERAL: frozenset({CarerType.GENERAL, CarerType.SPECIALIST}),
    Population.CONNECTED_PERSON: frozenset({CarerType.CONNECTED_PERSON}),
    Population.RESPITE: frozenset({CarerType.RESPITE, CarerType.SHORT_BREAKS}),
    Population.OFSTED_MAINSTREAM: frozenset(CarerType) - {CarerType.CONNECTED_PERSON},
    Population.ALL: frozenset(CarerType),
}
