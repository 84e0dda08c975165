"""The shape of what people write about objectives and key results."""

from objectives.forms.bet import BetForm, NewBetForm, bet_as_typed
from objectives.forms.carry_over import CarryOverForm, quarters_for
from objectives.forms.comment import CommentForm
from objectives.forms.idea import DropForm, IdeaForm
from objectives.forms.key_result import (
    KeyResultForm,
    KeyResultFormSet,
    NewKeyResultForm,
    ReasonForm,
    as_asked,
    is_asking,
    key_results_as_asked,
    key_results_to_write,
    key_results_with_one_more,
    key_results_written,
    measure_as_typed,
)
from objectives.forms.objective import CoOwnersForm, ObjectiveForm, wording_as_typed
from objectives.forms.organisation import OrganisationForm
from objectives.forms.own_quarter import OwnQuarterForm, span_as_typed, span_of
from objectives.forms.owner import OwnerForm
from objectives.forms.steps import steps_in_words
from objectives.forms.suggestion import (
    DeclineForm,
    SimpleKeyResultForm,
    SuggestKeyResultForm,
    SuggestObjectiveForm,
    SuggestWordsForm,
    WordsForm,
    suggested_as_typed,
)

__all__ = [
    "BetForm",
    "CarryOverForm",
    "CoOwnersForm",
    "CommentForm",
    "DeclineForm",
    "DropForm",
    "IdeaForm",
    "KeyResultForm",
    "KeyResultFormSet",
    "NewBetForm",
    "NewKeyResultForm",
    "ObjectiveForm",
    "OrganisationForm",
    "OwnQuarterForm",
    "OwnerForm",
    "ReasonForm",
    "SimpleKeyResultForm",
    "SuggestKeyResultForm",
    "SuggestObjectiveForm",
    "SuggestWordsForm",
    "WordsForm",
    "as_asked",
    "bet_as_typed",
    "is_asking",
    "key_results_as_asked",
    "key_results_to_write",
    "key_results_with_one_more",
    "key_results_written",
    "measure_as_typed",
    "quarters_for",
    "span_as_typed",
    "span_of",
    "steps_in_words",
    "suggested_as_typed",
    "wording_as_typed",
]
