"""What training can be told: the settings of a text classifier, as they stand in the pipeline's config."""

from dataclasses import asdict, dataclass, field

from intents.vocabulary import Mixture


@dataclass(frozen=True, slots=True)
class Recipe:
    """`longest` is the length of the longest character n-gram, `most` the number of n-grams that are kept.

    `cost` is what a wrong side of the margin costs; `unseen` is what texts of classes that were left
    out weigh in calibration, beside the others (0: every text is of some class).
    """

    longest: int = 5
    most: int = 300_000
    cost: float = 2.0
    unseen: float = 0.05
    seed: int = 20
    mixture: Mixture = field(default_factory=Mixture)

    @classmethod
    def of(cls, settings: dict[str, float]) -> "Recipe":
        """From the flat table that a pipeline's config holds."""
        mixed = {name: settings[name] for name in Mixture.__slots__}
        rest = {name: value for name, value in settings.items() if name not in mixed}
        return cls(mixture=Mixture(**mixed), **rest)  # type: ignore[arg-type]

    def settings(self) -> dict[str, float]:
        """The flat table that `of` reads."""
        table: dict[str, float] = asdict(self)
        mixture: dict[str, float] = asdict(self.mixture)
        del table["mixture"]
        return table | mixture
