"""The corpus: documents as folders that people can read, and the rules by which they appear, change and go.

The format is described for strangers in ``corpus/README.md``.
"""

from kms.corpus.corrections import NAMES, Correction, check_value, correct, tags_of
from kms.corpus.decisions import CHOICES, Choice, Decision, append_decision, in_force, load_decisions, standing
from kms.corpus.durable import digest_file, replace_file, sync_folder
from kms.corpus.inspection import Damage, inspect
from kms.corpus.markdown import RENDERING, render_document, render_page, render_table
from kms.corpus.naming import is_document_folder
from kms.corpus.record import NO_JSON
from kms.corpus.staging import StagingArea, sweep
from kms.corpus.store import Corpus, Prepared, Stamp, now

__all__ = [
    "CHOICES",
    "NAMES",
    "NO_JSON",
    "RENDERING",
    "Choice",
    "Corpus",
    "Correction",
    "Damage",
    "Decision",
    "Prepared",
    "StagingArea",
    "Stamp",
    "append_decision",
    "check_value",
    "correct",
    "digest_file",
    "in_force",
    "inspect",
    "is_document_folder",
    "load_decisions",
    "now",
    "render_document",
    "render_page",
    "render_table",
    "replace_file",
    "standing",
    "sweep",
    "sync_folder",
    "tags_of",
]
