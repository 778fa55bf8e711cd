"""Turns misread words of Indonesian administrative text into repaired ones, by evidence handed in."""

from normalize.words.candidates import Neighbours, Ranker
from normalize.words.confusions import ConfusionTable
from normalize.words.correct import correct_text
from normalize.words.documents import split_documents
from normalize.words.joining import join_lines
from normalize.words.lexicon import Lexicon, parse_bands
from normalize.words.model import JoinedText, WordChange, WordRule
from normalize.words.resources import OfficialWording, WordResources, official_sentences
from normalize.words.spacing import split_joined
from normalize.words.tokens import tokenize
from normalize.words.vocabulary import DocumentVocabulary, read_vocabulary

__all__ = [
    "ConfusionTable",
    "DocumentVocabulary",
    "JoinedText",
    "Lexicon",
    "Neighbours",
    "OfficialWording",
    "Ranker",
    "WordChange",
    "WordResources",
    "WordRule",
    "correct_text",
    "join_lines",
    "official_sentences",
    "parse_bands",
    "read_vocabulary",
    "split_documents",
    "split_joined",
    "tokenize",
]
