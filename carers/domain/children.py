"""The codes of children's placements and of agencies (EXCHANGE; SSDA903 codes, RULES 6.2)."""

from __future__ import annotations

from carers.domain.labels import Code

OTHERS_CHILD = "a child of another service"  # in place of a reference


class PlaceType(Code):
    """SSDA903 placement codes, those of past years among them."""

    U1 = "U1", "Relative or friend, long term"
    U2 = "U2", "Relative or friend who is an approved adopter"
    U3 = "U3", "Relative or friend, not long term"
    U4 = "U4", "Other foster carer, long term"
    U5 = "U5", "Other foster carer who is an approved adopter"
    U6 = "U6", "Other foster carer, not long term"
    A3 = "A3", "Placed for adoption by consent, with current carer"
    A4 = "A4", "Placed for adoption by consent, not with current carer"
    A5 = "A5", "Placed for adoption by order, with current carer"
    A6 = "A6", "Placed for adoption by order, not with current carer"
    K1 = "K1", "Secure children’s home"
    K2 = "K2", "Children’s home"
    K3 = "K3", "Supported accommodation"
    P1 = "P1", "Own parents"
    P2 = "P2", "Independent living"
    P3 = "P3", "Residential employment"
    R1 = "R1", "Residential care home"
    R2 = "R2", "Medical or nursing establishment"
    R3 = "R3", "Family centre or mother and baby unit"
    R5 = "R5", "Young offender institution"
    S1 = "S1", "Residential school"
    T0 = "T0", "Temporary move"
    T1 = "T1", "Temporary: hospital"
    T2 = "T2", "Temporary: holiday"
    T3 = "T3", "Temporary: carer on holiday"
    T4 = "T4", "Temporary: seven days or less"
    H5 = "H5", "Semi-independent living (to 2023-24)"
    Z1 = "Z1", "Other placement (to 2024-25)"
    Z11 = "Z11"
    Z12 = "Z12"
    Z13 = "Z13"
    Z14 = "Z14"


FOSTERING = frozenset(
    {PlaceType.U1, PlaceType.U2, PlaceType.U3, PlaceType.U4, PlaceType.U5, PlaceType.U6}
)


OF_PAST_YEARS = frozenset({PlaceType.P2, PlaceType.H5, PlaceType.Z1})  # RULES 6.2


class PlaceProvider(Code):
    """SSDA903 placement provider codes."""

    PR0 = "PR0", "Parents"
    PR1 = "PR1", "Own provision"
    PR2 = "PR2", "Another local authority"
    PR3 = "PR3", "Other public provision"
    PR4 = "PR4", "Private provision"
    PR5 = "PR5", "Voluntary provision"


class Purpose(Code):
    SHORT_TERM = "short_term"
    LONG_TERM = "long_term"
    EMERGENCY = "emergency"
    RESPITE = "respite"
    SHORT_BREAKS = "short_breaks"
    PARENT_AND_CHILD = "parent_and_child"
    REMAND = "remand"
    FOSTERING_TO_ADOPT = "fostering_to_adopt"


class PlacementEnd(Code):
    """SSDA903's reasons for a change of placement, and for ceasing to be looked after."""

    CARPL = "CARPL", "Moved under the care plan"
    CLOSE = "CLOSE", "Carer resigned or home closed"
    ALLEG = "ALLEG", "Allegation"
    STAND = "STAND", "Standards of care"
    APPRR = "APPRR", "Approval removed"
    CREQB = "CREQB", "Carer asked: behaviour"
    CREQO = "CREQO", "Carer asked: another reason"
    CHILD = "CHILD", "Child asked"
    LAREQ = "LAREQ", "Authority asked"
    PLACE = "PLACE", "Status only, same carer"
    CUSTOD = "CUSTOD", "Custody"
    OTHER = "OTHER", "Another reason"
    X1 = "X1", "Left and came back into care"
    E11 = "E11", "Adopted, application unopposed"
    E12 = "E12", "Adopted, consent dispensed with"
    E2 = "E2", "Died"
    E3 = "E3", "Care taken over by another authority"
    E4A = "E4A", "Returned home, planned"
    E4B = "E4B", "Returned home, not planned"
    E13 = "E13", "Left care to live with parents or relatives"
    E41 = "E41", "Residence or child arrangements order"
    E45 = "E45", "Special guardianship to former foster carer, relative or friend"
    E46 = "E46", "Special guardianship to former foster carer, other"
    E47 = "E47", "Special guardianship to relative or friend"
    E48 = "E48", "Special guardianship to another person"
    E5 = "E5", "Moved into independent living, supported"
    E6 = "E6", "Moved into independent living, not supported"
    E7 = "E7", "Transferred to adult social care"
    E8 = "E8", "Left care for another reason"
    E9 = "E9", "Sentenced to custody"
    E14 = "E14", "Accommodation on remand ended"
    E15 = "E15", "Age assessment: found to be 18 or over"
    E16 = "E16", "Moved abroad"
    E17 = "E17", "Turned 18 and stayed with carers"


class ProviderKind(Code):
    IFA = "ifa", "Independent fostering agency"
    RESIDENTIAL = "residential"
    SEMI_INDEPENDENT = "semi_independent", "Semi-independent"
    SUPPORTED_LODGINGS = "supported_lodgings"
    OTHER_LA = "other_la", "Another local authority"
    OTHER = "other"


class ProviderRoute(Code):
    FRAMEWORK = "framework"
    DYNAMIC_PURCHASING = "dynamic_purchasing"
    BLOCK = "block"
    SPOT = "spot"
