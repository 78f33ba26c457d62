"""What each layer of a model costs and sees."""

from cnncourse.tables.profile.model import profile_model
from cnncourse.tables.profile.rows import Profile, ProfileRow, Sight
from cnncourse.tables.profile.unknown import Unknown

__all__ = ["Profile", "ProfileRow", "Sight", "Unknown", "profile_model"]
