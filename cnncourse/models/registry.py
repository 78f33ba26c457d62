"""Every variant of every family under its name."""

import keras

from cnncourse.models import lenet, mnist_cnn

FAMILIES = (mnist_cnn, lenet)
FAMILY_OF = {name: family for family in FAMILIES for name in family.VARIANTS}
NAMES = tuple(FAMILY_OF)


def build(
    name: str,
    input_shape: tuple[int, int, int] | None = None,
    classes: int | None = None,
) -> keras.Model:
    """A new model with random weights.

    Args:
        name: one of `NAMES`.
        input_shape: (height, width, channels); that of the published model where None.
        classes: outputs of the softmax; those of the published model where None.

    Raises:
        ValueError: `name` is unknown, `classes` below 1, or the image too small for the model.
    """
    if name not in FAMILY_OF:
        raise ValueError(f"name is {name!r}; it must be one of: {', '.join(NAMES)}")
    family = FAMILY_OF[name]
    published = family.VARIANTS[name]
    return family.build(
        name,
        published.input_shape if input_shape is None else input_shape,
        published.classes if classes is None else classes,
    )
