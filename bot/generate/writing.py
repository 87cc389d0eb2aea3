"""A model's answer in progress: what is shown so far, and what is held back."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.answer import AnswerSentence, Citation, Delta
from bot.generate.marks import CitedSentence
from bot.grounding import Support, Verdict
from bot.llm import Message
from bot.model_settings import Unsupported
from bot.note import Note, Statement
from index.split import Span


class Writing:
    """Grows by one sentence at a time. Marks are numbered in order of first use; identical words share a number."""

    def __init__(self, unsupported: Unsupported = "held back") -> None:
        self._unsupported = unsupported
        self._heard: list[str] = []
        self._streamed = ""
        self.prompt: tuple[Message, ...] = ()
        """The prompt."""
        self.restart()

    def restart(self) -> None:
        """Discards what was written; not what was already streamed."""
        self._text = ""
        self._joint = ""
        self._sentences: list[AnswerSentence] = []
        self._marks: list[Span] = []
        self._statements: list[Statement] = []
        self._cited: dict[tuple[str, int, int], Citation] = {}
        self.ignorant = False
        """Whether the model stated that the passages do not answer."""

    @property
    def text(self) -> str:
        """The shown text."""
        return self._text

    @property
    def heard(self) -> str:
        """The raw reply."""
        return "".join(self._heard)

    @property
    def sentences(self) -> tuple[AnswerSentence, ...]:
        """The sentences, in order."""
        return tuple(self._sentences)

    @property
    def withdrawn(self) -> tuple[AnswerSentence, ...]:
        """The same, after another text replaced this one."""
        return tuple(replace(sentence, start=None, end=None, numbers=()) for sentence in self._sentences)

    @property
    def marks(self) -> tuple[Span, ...]:
        """The spans of the marks in the text."""
        return tuple(self._marks)

    @property
    def statements(self) -> tuple[Statement, ...]:
        """What the text states of sentences that no passage supports."""
        return tuple(self._statements)

    @property
    def citations(self) -> tuple[Citation, ...]:
        """The citations of the marks."""
        return tuple(self._cited.values())

    @property
    def held_back(self) -> int:
        """How many unsupported sentences are not shown."""
        return sum(sentence.start is None for sentence in self._sentences)

    def hear(self, deltas: Iterable[str]) -> Iterator[str]:
        """Passes the deltas through, and records them."""
        for delta in deltas:
            self._heard.append(delta)
            yield delta

    def streamed(self, text: str, marks: Iterable[Span]) -> Iterator[Delta]:
        """The part of a text that was not streamed yet; nothing if another text was, which the answer then replaces."""
        start = len(self._streamed)
        if len(text) > start and text.startswith(self._streamed):
            self._streamed = text
            yield Delta.at(start, text[start:], marks)

    def add(self, sentence: CitedSentence, verdict: Verdict) -> None:
        """Adds a sentence.

        It is not shown if it is held back, repeats an earlier one, as small models do, or claims nothing that
        could be cited ("Here is what the articles say").
        """
        self._joint = _joined(self._joint, sentence.before)
        empty = verdict.supported and not verdict.supports
        if empty or any(before.text == sentence.text for before in self._sentences):
            return
        if verdict.supported:
            self._show(sentence.text, self._numbers(verdict.supports), verdict)
        elif self._unsupported == "held back":
            self._keep(sentence.text, None, (), verdict)
        else:
            self._show(sentence.text, (), verdict)

    def _numbers(self, supports: Iterable[Support]) -> tuple[int, ...]:
        numbers = []
        for support in supports:
            key = (support.passage.article.id, support.start, support.end)
            new = Citation(len(self._cited) + 1, support.passage, support.start, support.end)
            numbers.append(self._cited.setdefault(key, new).number)
        return tuple(dict.fromkeys(numbers))

    def _show(self, text: str, numbers: tuple[int, ...], verdict: Verdict) -> None:
        before = self._joint if self._text else self._joint.lstrip()
        start = len(self._text) + len(before)
        self._keep(text, start, numbers, verdict)
        shown = before + text
        if not verdict.supported:
            note = Note("not_supported", f"(not supported: {verdict.reason})", {"reason": verdict.reason})
            shown += " "
            self._statements.append(Statement(note, len(self._text) + len(shown)))
            shown += note.text
        for number in numbers:
            mark = f"[{number}]"
            shown += "" if shown.endswith("]") and number != numbers[0] else " "
            place = len(self._text) + len(shown)
            self._marks.append((place, place + len(mark)))
            shown += mark
        self._text += shown
        self._joint = ""

    def _keep(self, text: str, start: int | None, numbers: tuple[int, ...], verdict: Verdict) -> None:
        """Records a sentence; one that is held back has no start."""
        end = None if start is None else start + len(text)
        near = verdict.nearest
        nearest = Citation(0, near.passage, near.start, near.end) if near else None
        self._sentences.append(AnswerSentence(text, start, end, numbers, verdict.supported, verdict.reason, nearest))


def _joined(before: str, after: str) -> str:
    """The separator after the sentence before it is left out: as many new lines, the sign of its own item."""
    lines = max(before.count("\n"), after.count("\n"))
    return "\n" * lines + after.lstrip() if lines else after
