# For nbgrader's own commands in this folder: where an assignment is written, and where it is built.
c = get_config()  # noqa: F821

c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"

# Feedback is written anew after a submission has been graded again.
c.GenerateFeedback.force = True
