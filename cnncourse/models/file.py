"""A model from a file that Keras wrote."""

from pathlib import Path

import keras


def load(path: Path) -> keras.Model:
    """The model in a `.keras` file, without its optimizer.

    Raises:
        ValueError: there is no such file, or Keras cannot make a model of it.
    """
    if path.suffix != ".keras" or not path.is_file():
        raise ValueError(f"{path} is no .keras file; save one with model.save('NAME.keras')")
    try:
        return keras.models.load_model(path, compile=False)
    except Exception as reason:  # whatever a broken file, or a class that is not there, leads to
        first = next(iter(str(reason).splitlines()), type(reason).__name__)
        raise ValueError(f"{path} cannot be read as a model: {first}") from reason
