"""Layers of the lectures that Keras has not: real Keras layers, for each backend.

What Keras has is used from there; docs/layers.md says which layer meets which row of the lectures.
"""

from cnncourse.layers.channel_shuffle import ChannelShuffle

__all__ = ["ChannelShuffle"]
