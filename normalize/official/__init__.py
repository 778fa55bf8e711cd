"""The official evaluation sheet (LKE): rows of a plan matched to its sub-components and questions."""

from normalize.official.calibration import LkeCalibration
from normalize.official.coverage import Coverage, coverage_of
from normalize.official.items import LkeComponent, LkeQuestion
from normalize.official.matching import LkeMatcher
from normalize.official.official_list import OfficialList
from normalize.official.words import LkeWords

__all__ = [
    "Coverage",
    "LkeCalibration",
    "LkeComponent",
    "LkeMatcher",
    "LkeQuestion",
    "LkeWords",
    "OfficialList",
    "coverage_of",
]
