"""A language model's answers: sentences that are checked before they are shown, or quotes that it chooses."""

import logging
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, islice

from bot.answer import Answer, Delta, Trace, Turn
from bot.answer.choose import Choice
from bot.answer.declining import decline, declined_wording
from bot.generate.marks import CitedSentence, cited_sentences
from bot.generate.prompt import Prompt, write_prompt
from bot.generate.quotes import quoted
from bot.generate.restate import restate
from bot.generate.writing import Writing
from bot.grounding import Verdict, check, claims_ignorance
from bot.llm import LLM
from bot.llm.thoughts import OnlyThought, without_thoughts
from bot.model_settings import Style, Unsupported
from bot.note import Note, Statement
from bot.question.follow_up import condense
from bot.stopwatch import Stopwatch
from corpus.errors import LLMError, PromptTooLong, ReplyCut
from index.passage import Passage
from index.question import Question

logger = logging.getLogger(__name__)

GIVEN = 12
"""The most passages that a model is given: six articles at least."""
MOST_SENTENCES = 8
"""The most sentences of a reply that are read; the prompt asks for five."""
LOOKED_THROUGH = 30_000
"""Characters of a reply after these in which the end of a thought without a beginning is looked for."""


@dataclass(frozen=True, slots=True)
class Restated:
    """A question made standalone.

    Attributes:
        text: The question.
        failure: Why the language model could not do it; it was then done without one.
    """

    text: str
    failure: LLMError | None = None


@dataclass(frozen=True, slots=True)
class Generator:
    """Answers from the passages with a language model, and shows what they support.

    Attributes:
        llm: Writes or chooses.
        room: The most tokens of a prompt.
        unsupported: How to treat a sentence that no passage supports.
        style: Whether it writes the answer or only chooses the sentences to quote.
        most: The most sentences that it may choose.
    """

    llm: LLM
    room: int = 3500
    unsupported: Unsupported = "held back"
    style: Style = "prose"
    most: int = 3

    def restate(self, question: str, history: Sequence[Turn]) -> Restated:
        """A follow-up made standalone."""
        try:
            return Restated(restate(self.llm, question, history))
        except LLMError as error:
            return Restated(condense(question, history), error)

    def stream(
        self,
        draft: Answer,
        history: Sequence[Turn],
        watch: Stopwatch,
        failure: LLMError | None = None,
        choice: Choice = Choice(),  # noqa: B008  # frozen
        opening: Sequence[Note] = (),
    ) -> Iterator[Delta | Answer]:
        """The model's answer instead of an extractive draft, each sentence once it is checked.

        Args:
            draft: The answer to return if the model fails. It then replaces what was shown of the model's.
            history: The conversation, oldest first.
            watch: Times the stages.
            failure: Why the model is not asked, if it failed for this question already.
            choice: The quotes of the draft, and the other candidates.
            opening: The notes before the quotes.
        """
        writing = Writing(self.unsupported)
        try:
            if failure:
                raise failure
            with watch.stage("write"):
                if self.style == "quotes":
                    answer = self._quoted(draft, choice, opening, writing)
                else:
                    yield from self._write(draft, history, writing, watch)
                    answer = self._finished(draft, writing)
        except LLMError as error:
            logger.warning("%s%s", error, f"; {error.advice}" if error.advice else "")
            answer = _noted(draft, Note("failed", f"{error}; this answer is in the articles' own words."))
        yield from writing.streamed(answer.text, answer.marks or ())
        yield replace(
            answer,
            sentences=writing.sentences if answer.text.startswith(writing.text) else writing.withdrawn,
            trace=Trace(writing.prompt, writing.heard or None, watch.milliseconds, draft.trace.weighed),
        )

    def _quoted(self, draft: Answer, choice: Choice, opening: Sequence[Note], writing: Writing) -> Answer:
        """The sentences that it chooses; an abstention, if it chooses none."""
        said = quoted(self.llm, _question(draft), choice, opening, self.room, self.most, writing)
        own = self._own(draft)
        if not said:
            return _abstained(own)
        wording, citations = said
        return wording.put(replace(own, citations=citations))

    def _write(self, draft: Answer, history: Sequence[Turn], writing: Writing, watch: Stopwatch) -> Iterator[Delta]:
        """Asks it to write, and once again with fewer passages if they do not fit."""
        question = _question(draft)
        passages = [scored.passage for scored in draft.passages[:GIVEN]]
        prompt = write_prompt(question, history, passages, self.room)
        try:
            yield from self._checked(prompt, writing, watch)
        except PromptTooLong:
            fewer = passages[: max(1, len(prompt.passages) // 2)]
            prompt = write_prompt(question, (), fewer, self.room // 2)
            yield from self._checked(prompt, writing, watch)

    def _checked(self, prompt: Prompt, writing: Writing, watch: Stopwatch) -> Iterator[Delta]:
        """The supported part of the model's reply; restarts where what came turns out to be a thought."""
        writing.prompt = prompt.messages
        rest = writing.hear(self.llm.stream(prompt.messages))
        with suppress(ReplyCut):  # the sentence that is cut is lost, the earlier ones are whole
            while True:
                try:
                    yield from _read(without_thoughts(rest), prompt.passages, writing, watch)
                    return
                except OnlyThought as thought:
                    writing.restart()
                    rest = chain([thought.rest], rest)

    def _finished(self, draft: Answer, writing: Writing) -> Answer:
        """The model's answer; an abstention, if it states that the passages do not answer.

        Raises:
            LLMError: It wrote nothing that can be shown.
        """
        own = self._own(draft)
        if writing.citations:
            written = replace(
                own,
                text=writing.text,
                citations=writing.citations,
                marks=writing.marks,
                statements=writing.statements,
            )
            return _noted(written, _held_back(writing.held_back))
        if writing.ignorant:
            return _abstained(own)
        said = "wrote nothing that the articles support" if writing.sentences else "said nothing"
        raise LLMError(f"The language model {self.llm.model} {said}")

    def _own(self, draft: Answer) -> Answer:
        """A draft with the model's name in it."""
        bare = replace(draft, emphasis=(), quotes=(), notes=(), statements=(), shape="fact")
        return replace(bare, answerer="llm", model=self.llm.model)


def _question(draft: Answer) -> Question:
    """The standalone question of a draft."""
    return replace(draft.question, text=draft.standalone_question)


def _abstained(own: Answer) -> Answer:
    """Abstains."""
    declined = decline(own.passages, own.standalone_question)
    return declined_wording(declined).put(replace(own, status="abstained", citations=(), declined=declined))


def _noted(answer: Answer, note: Note | None) -> Answer:
    """An answer with a note below; the same answer if there is none."""
    if not note:
        return answer
    stated = Statement(note, len(answer.text) + 2)
    return replace(
        answer,
        text=f"{answer.text}\n\n{note.text}",
        notes=(*answer.notes, stated.span),
        statements=(*answer.statements, stated),
    )


def _read(deltas: Iterator[str], passages: Sequence[Passage], writing: Writing, watch: Stopwatch) -> Iterator[Delta]:
    """The supported ones of the first sentences; the rest is only searched for the end of a thought."""
    for sentence in islice(cited_sentences(deltas, len(passages)), MOST_SENTENCES):
        if not claims_ignorance(sentence.text):
            writing.add(sentence, _judged(sentence, passages))
            if writing.text:
                watch.once("first sentence")
            yield from writing.streamed(writing.text, writing.marks)
        else:
            writing.ignorant = True
            if not writing.citations:
                break
    with suppress(LLMError):
        left = LOOKED_THROUGH
        while left > 0 and (delta := next(deltas, "")):
            left -= len(delta)


def _judged(sentence: CitedSentence, passages: Sequence[Passage]) -> Verdict:
    """Whether the cited passages support a sentence, or else any other passage that the model was given.

    A model may read correctly and still miscount or omit its marks. Citations are verified, not trusted.
    """
    cited = [passages[number - 1] for number in sentence.numbers]
    return check(sentence.text, cited, [passage for passage in passages if passage not in cited])


def _held_back(count: int) -> Note | None:
    """A last line about the sentences held back; None if there are none."""
    if not count:
        return None
    subject = "A sentence was" if count == 1 else f"{count} sentences were"
    text = f"{subject} held back: the articles do not support {'it' if count == 1 else 'them'}."
    return Note("held_back", text, {"n": count})
