"""What people found of how the site can be used, as data/accessibility.yml has it: faults, tests with readers, and assessments by others.

From it, and from what tests by computer showed, comes all that the accessibility statement says of how far the site meets the guidelines.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from evidence.model.base import Named, Record
from evidence.text.translation import _

EVERYWHERE = "all"  # what stands in 'pages' for the whole site

# The criteria of level A and AA, by number (WCAG 2.2, W3C Recommendation): those that the UK regulations ask for.
CRITERIA = {
    "1.1.1": _("Non-text Content"),
    "1.2.1": _("Audio-only and Video-only (Prerecorded)"),
    "1.2.2": _("Captions (Prerecorded)"),
    "1.2.3": _("Audio Description or Media Alternative (Prerecorded)"),
    "1.2.4": _("Captions (Live)"),
    "1.2.5": _("Audio Description (Prerecorded)"),
    "1.3.1": _("Info and Relationships"),
    "1.3.2": _("Meaningful Sequence"),
    "1.3.3": _("Sensory Characteristics"),
    "1.3.4": _("Orientation"),
    "1.3.5": _("Identify Input Purpose"),
    "1.4.1": _("Use of Color"),
    "1.4.2": _("Audio Control"),
    "1.4.3": _("Contrast (Minimum)"),
    "1.4.4": _("Resize Text"),
    "1.4.5": _("Images of Text"),
    "1.4.10": _("Reflow"),
    "1.4.11": _("Non-text Contrast"),
    "1.4.12": _("Text Spacing"),
    "1.4.13": _("Content on Hover or Focus"),
    "2.1.1": _("Keyboard"),
    "2.1.2": _("No Keyboard Trap"),
    "2.1.4": _("Character Key Shortcuts"),
    "2.2.1": _("Timing Adjustable"),
    "2.2.2": _("Pause, Stop, Hide"),
    "2.3.1": _("Three Flashes or Below Threshold"),
    "2.4.1": _("Bypass Blocks"),
    "2.4.2": _("Page Titled"),
    "2.4.3": _("Focus Order"),
    "2.4.4": _("Link Purpose (In Context)"),
    "2.4.5": _("Multiple Ways"),
    "2.4.6": _("Headings and Labels"),
    "2.4.7": _("Focus Visible"),
    "2.4.11": _("Focus Not Obscured (Minimum)"),
    "2.5.1": _("Pointer Gestures"),
    "2.5.2": _("Pointer Cancellation"),
    "2.5.3": _("Label in Name"),
    "2.5.4": _("Motion Actuation"),
    "2.5.7": _("Dragging Movements"),
    "2.5.8": _("Target Size (Minimum)"),
    "3.1.1": _("Language of Page"),
    "3.1.2": _("Language of Parts"),
    "3.2.1": _("On Focus"),
    "3.2.2": _("On Input"),
    "3.2.3": _("Consistent Navigation"),
    "3.2.4": _("Consistent Identification"),
    "3.2.6": _("Consistent Help"),
    "3.3.1": _("Error Identification"),
    "3.3.2": _("Labels or Instructions"),
    "3.3.3": _("Error Suggestion"),
    "3.3.4": _("Error Prevention (Legal, Financial, Data)"),
    "3.3.7": _("Redundant Entry"),
    "3.3.8": _("Accessible Authentication (Minimum)"),
    "4.1.2": _("Name, Role, Value"),
    "4.1.3": _("Status Messages"),
}

Finder = Literal["editor", "reader test", "auditor"]
Group = Literal["members", "facilitators", "researchers"]
Help = Literal["screen reader", "magnifier", "voice control", "keyboard alone", "switch", "listen button"]
Outcome = Literal["fully", "partially", "not"]


@dataclass(frozen=True, slots=True)
class Gap(Named):
    """Something that people found hard or impossible to use."""

    what: str
    """What was found, in plain words."""
    found: str
    """The day on which it was found, as 2026-11-22."""
    by: Finder
    """Who found it: editor, reader test or auditor. Never a name."""
    pages: tuple[str, ...]
    """The pages that it is on, as their files are called in docs/; or [all]."""
    criteria: tuple[str, ...] = ()
    """The numbers of the criteria of WCAG 2.2, level A or AA, that are not met, such as [1.3.2]. Leave it out where the guidelines do not speak of it."""
    used: str = ""
    """The device and the help that it was found with, such as: an Android phone with large text."""
    instead: str = ""
    """What readers can do instead, until it is mended."""
    planned: str = ""
    """The day by which it shall be mended, as 2026-11-22. Leave it out where there is no plan."""
    mended: str = ""
    """The day on which it was mended, as 2026-11-22."""

    @property
    def is_failure(self) -> bool:
        """Whether a criterion is not met because of it."""
        return bool(self.criteria) and not self.mended


@dataclass(frozen=True, slots=True)
class Session(Named):
    """A test with readers, without anything from which a person could be known."""

    held: str
    """The day of the test, as 2026-11-22."""
    people: int
    """How many readers took part."""
    groups: tuple[Group, ...]
    """Who they were: members, facilitators, researchers."""
    pages: tuple[str, ...]
    """The pages that they read or used, as their files are called in docs/; or [all]."""
    help: tuple[Help, ...] = ()
    """What they read with: screen reader, magnifier, voice control, keyboard alone, switch, listen button."""
    disabled: bool = False
    """true where disabled people took part and said that this may be told."""


@dataclass(frozen=True, slots=True)
class Assessment(Named):
    """How somebody outside the project held the site to the guidelines."""

    made: str
    """The day of the assessment, as 2026-11-22."""
    by: str
    """Who made it, as readers shall see it, such as: an organisation outside the project."""
    outcome: Outcome
    """What came of it: the site is fully, partially or not compliant with WCAG 2.2, level AA."""


@dataclass(frozen=True, slots=True)
class Accessibility(Record):
    """What people found of how the site can be used, and the days of the statement."""

    written: str = ""
    """The day on which the accessibility statement was written, as 2026-11-22."""
    reviewed: str = ""
    """The day on which people last went through it, as 2026-11-22."""
    gaps: tuple[Gap, ...] = ()
    """What people found hard or impossible to use."""
    sessions: tuple[Session, ...] = ()
    """Tests with readers."""
    assessments: tuple[Assessment, ...] = ()
    """Assessments by people outside the project."""

    @property
    def failures(self) -> tuple[Gap, ...]:
        """What keeps the site from meeting the guidelines, as far as it is known."""
        return tuple(gap for gap in self.gaps if gap.is_failure)

    @property
    def last_assessment(self) -> Assessment | None:
        """The newest assessment by others; None where there was none."""
        return max(self.assessments, key=lambda one: one.made, default=None)

    @property
    def status(self) -> Outcome | None:
        """How far the site meets the guidelines; None where nobody can say so: no fault is known, and nobody outside has looked."""
        last = self.last_assessment
        if last and last.outcome != "fully":
            return last.outcome
        if self.failures:
            return "partially"
        return last.outcome if last else None

    def sessions_on(self, uri: str) -> tuple[Session, ...]:
        """The tests with readers in which a page was used."""
        return tuple(session for session in self.sessions if {uri, EVERYWHERE} & set(session.pages))
