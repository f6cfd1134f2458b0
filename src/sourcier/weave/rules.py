"""The rules of weaving by name, and the limits that they hold to.

A `Rule` is the stable key of a decision's `Evidence`; whoever shows one words it in its language.
The comment beside each gives the figures that its ``detail`` holds.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from sourcier.types import Evidence, Span


class Rule(StrEnum):
    """Why something was decided."""

    # copies
    SHARED_PASSAGES = "shared_passages"  # share, origin_share (0 to 1); span: the longest passage
    SHARED_FACTS = "shared_facts"  # shared, facts, share: figures, speakers, places and quotations
    SHARED_MARKS = "shared_marks"  # marks, share: numbers and names that a translation keeps
    CREDIT_LINE = "credit_line"  # name, kind of the credit
    NAMES_CAPTURE = "names_capture"  # hash: digits of a capture's id that stand in the text; span
    FORWARD_HEADER = "forward_header"  # name
    NAMED_AS_SOURCE = "named_as_source"  # name: an attribution names the publisher; span
    EARLIER = "earlier"  # minutes that the origin came before
    AGENCY_FIRST = "agency_first"  # role, minutes: an agency or official a little later
    AGGREGATOR = "aggregator"  # role: who republishes is not the origin
    # origins
    SAME_SPEAKER = "same_speaker"  # names under which one speaker goes
    SAME_OFFICE = "same_office"  # office, place: the office's holder or its people
    ROOT_OF_COPIES = "root_of_copies"  # name: nobody is named, the first text answers
    OWN_VOICE = "own_voice"  # name: nobody is named, the outlet answers
    OWN_CHANNEL = "own_channel"  # name: the speaker's own dispatch was captured
    # events
    SAME_PLACE = "same_place"  # name
    PLACE_WITHIN = "place_within"  # name, within
    SAME_REGION = "same_region"  # name, other: two places that something wide struck
    SIMILAR_PLACE = "similar_place"  # name, other: names share a word in one country
    OTHER_PLACE = "other_place"  # name, other: what else is shared outweighs it
    NO_PLACE = "no_place"  # -
    TIMES_MEET = "times_meet"  # hours between them, 0 where they overlap
    TOLD_AFTER = "told_after"  # hours from the event to a report that gives no time
    AFTERMATH = "aftermath"  # hours from the end of the event to what it left at its place
    COMPATIBLE_TYPES = "compatible_types"  # types, other
    OTHER_TYPE = "other_type"  # kind, other: what else is shared outweighs it
    SAME_FIGURES = "same_figures"  # figures: [outcome, number] pairs
    SAME_QUOTATION = "same_quotation"  # quotations: how many
    SAME_PEOPLE = "same_people"  # people: keys of names that few stories hold
    SAME_STORY = "same_story"  # names: rare ones of both; share (0 to 1), days, points
    SAME_SPEAKERS = "same_speakers"  # speakers: their keys
    COPY_OF = "copy_of"  # capture
    SAME_DISPATCH = "same_dispatch"  # dispatch: another version of it
    # ledgers
    SAME_CLAIMANT = "same_claimant"  # claimant
    REVISION_TOLD = "revision_told"  # words or figure: the text itself says what it replaces
    OUTLET_RETELLS = "outlet_retells"  # claimant: an outlet's own figure gives way to one it quotes
    REVISED_ELSEWHERE = "revised_elsewhere"  # claimant: who revised the number that both had given
    OFFICE_SPEAKS = "office_speaks"  # claimant, collective: "the authorities" are their offices
    ECHO_OF_FIGURE = (
        "echo_of_figure"  # claimant: an outlet repeats, in its own voice, what one said
    )
    RELAY_OF_FIGURE = "relay_of_figure"  # claimant: the same speaker's same figure
    FIGURE_EDITED = "figure_edited"  # version
    DISPATCH_DELETED = "dispatch_deleted"  # version
    RANGES_EXCLUDE = "ranges_exclude"  # low, high, claimant: one side of a contradiction
    RANGES_MEET = "ranges_meet"  # low, high, claimant: one who agrees now
    # alerts
    START_SAID = "start_said"  # at
    SEEN_IN_FORCE = "seen_in_force"  # at
    END_SAID = "end_said"  # at
    REGION_CLEAR = "region_clear"  # at: the all-clear of the region ends it, until its own is told
    NEXT_START = "next_start"  # at: a new start; the end before it was missed
    SILENCE = "silence"  # hours without an observation
    # stances and confirmation
    PARTY_CONFIRMS = "party_confirms"  # name
    PARTY_DENIES = "party_denies"  # name
    PARTY_DISPUTES = "party_disputes"  # name
    SECOND_ORIGIN = "second_origin"  # names: both origins


# Copies. Shares are of shingles outside quotations and learnt boilerplate.
SHINGLE = 4  # words
WINDOW = 4  # shingles: a common passage of SHINGLE + WINDOW - 1 words is always found
WHOLE = 0.85  # the share from which a text is "all there"
REWRITE = 0.18  # the share from which a text is a rewrite, not a coincidence
SUPPORTED_REWRITE = 0.08  # the same where it names its origin, or tells the same facts
MIN_SHARED = 4  # shingles, below which nothing follows from a share
FACTS_CREDITED = 0.65  # share of facts that makes a credited text a copy
FACTS_ALONE = 0.8  # the same without a credit
FACTS_BESIDE = 3  # facts that, with some shared words, make a rewrite of an uncredited text
FACTS_KEPT = 2 / 3  # share of the fewer facts, below which common words are a template's
FACTS_KEPT_CREDITED = 0.5  # the same where a text names its origin
MIN_FACTS = 5  # facts that an uncredited translation must share
MIN_FACTS_CREDITED = 2
MIN_MARKS = 6  # numbers and names that a translation must keep
MARKS_KEPT = 0.6  # share of the fewer marks
COPY_WITHIN = timedelta(hours=48)  # for copies found by facts, and uncredited rewrites
WORDS_WITHIN = timedelta(days=10)  # for uncredited copies found by words: later, it is a template
COMPARED_WITHIN = timedelta(days=60)  # for any two texts, credited ones too
SIGNS_WITHIN = timedelta(days=1)
AGENCY_LAG = timedelta(minutes=30)
MAX_CANDIDATES = 24
TEXTS_AT_HAND = 2_000  # kept ready to compare; any other is made again from its words
BOILERPLATE_AFTER = 4  # dispatches of one publisher that repeat a passage
BOILERPLATE_AMONG = 24  # the latest of them, which are looked at
UNLIKE_PAIRS = 6  # pairs of them, as of four, that tell of different things

# Events
NEAR = timedelta(hours=3)
ALERT_NEAR = timedelta(hours=6)
TOLD_WITHIN = timedelta(hours=26)
TOLD_WITHIN_EVIDENCE = timedelta(hours=72)
SAME_MOMENT = timedelta(hours=24)
LOOKBACK_DAYS = 4
FORETOLD = timedelta(minutes=30)  # by which the time that a text gives may be off
AFTERMATH = timedelta(hours=12)  # from the end of an attack to a fire, damage, a toll
FOLLOWED_UP = timedelta(days=60)  # from an event to a report that names its people
PUBLIC_IN = 3  # regions in which a name stands for nobody's own story
TELLING = 3  # the least figure that, beside another, tells an event without a place
RARE = 5  # the least figure that does so by itself within a region

# Kinship of dispatches: points for and against their telling one story.
COMMON = 256  # dispatches that hold a name, from which it tells nothing
LISTED = 64  # those from which it leads to none of them
NEAREST_STORIES = 8  # dispatches looked at closely
RARE_PAIR = 5.0  # the weights of a full name's two words: each held by some twenty dispatches
NAMES_SHARED = 3  # words of names: one person alone is weighed where people are
FEW_NAMES = 30.0  # a rare name, by which a short text shares less than it seems to
KIN = 0.8  # the points from which two dispatches are kin
KIN_BIAS = -2.0
KIN_NAMES = 8.5  # for all names common, less where one publisher's own names are among them
KIN_NAMES_OWN = 2.2
KIN_ALONE = (
    0.7  # for names where neither text tells of a place or a day on which something happened
)
KIN_FULL = 0.65  # for a full name, and up to three more
KIN_AGE = 1.4  # for an age, and a second
KIN_SITE = 1.9
KIN_DAY = 2.4  # for a day on which both tell something to have happened
KIN_KILLED = 0.9  # for as many killed
KIN_APART = 1.3
KIN_OTHER_DAYS = 0.9  # for days that lie more than one apart
KIN_DOORS = 0.9  # for other house numbers
KIN_INJURED = 1.4
KIN_DECAY = 0.75  # by the logarithm of the days between

# Ledgers
RELAY_LAG = timedelta(hours=6)

# Alerts
ALERT_SILENCE = timedelta(hours=12)
OBSERVED_SILENCE = timedelta(hours=6)  # where nobody told the start
NEW_START = timedelta(hours=1)  # from the last word of an open alert to a start of the next
CONFLICTING = timedelta(minutes=1)  # from an end to a start that is no new one: clocks differ
TOLD_TWICE = timedelta(minutes=5)  # the same for what else is said of an alert
REPEAT_END = timedelta(hours=1)
SAID_TO_LAST = timedelta(hours=1)  # a longer time than its precision tells how long an alert holds
LATE_END = timedelta(hours=72)  # from an end by rule to a word that corrects it
STALE_WORD = timedelta(minutes=30)  # from an end to an article that knows of none
ECHO_OF_REGION = timedelta(minutes=10)  # from a region's start to its towns' channels repeating it


# The archive
AT_HAND = 4_096  # values of a kind that are not packed: some days of a busy story
LEDGERS_AT_HAND = 512  # events of which the ledgers are not packed
BUNDLES_AT_HAND = 16_384  # those that are not folded: two months of a busy story
DAYS_AT_HAND = 40  # of which it is not packed who is looked for there
BLOCK = 256  # values packed together
BLOCKS_OPEN = 16  # unpacked blocks kept of a kind
MADE_AT_HAND = 32_768  # what follows from the claims, and is worked out again when it is gone


def because(
    rule: Rule, capture: str | None = None, span: Span | None = None, **detail: object
) -> Evidence:
    """Return the evidence of a rule with its figures."""
    return Evidence(rule=rule.value, detail=detail, capture=capture, span=span)
