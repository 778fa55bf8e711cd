"""The official evaluation sheet (LKE): rows of a plan matched to its sub-components and questions."""

from normalize.lke.calibration import LkeCalibration
from normalize.lke.coverage import Coverage, coverage_of
from normalize.lke.items import LkeComponent, LkeList, LkeQuestion
from normalize.lke.matching import LkeMatcher
from normalize.lke.words import LkeWords

__all__ = [
    "Coverage",
    "LkeCalibration",
    "LkeComponent",
    "LkeList",
    "LkeMatcher",
    "LkeQuestion",
    "LkeWords",
    "coverage_of",
]
