# For nbgrader's own commands in this folder: where an assignment is written, and where it is built.
c = get_config()  # noqa: F821

c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"

# `nbgrader autograde` and formgrader grade with our engine: behind the wall, with hidden cases, and
# from what was handed in, so that nothing needs to be sanitized.
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = [
    "autograder.preprocessor.WalledExecute",
    "nbgrader.preprocessors.IgnorePattern",
    "nbconvert.preprocessors.ClearMetadataPreprocessor",
    "nbgrader.preprocessors.LimitOutput",
    "nbgrader.preprocessors.SaveAutoGrades",
    "nbgrader.preprocessors.AssignLatePenalties",
    "nbgrader.preprocessors.CheckCellMetadata",
]

# Feedback is written anew after a submission has been graded again.
c.GenerateFeedback.force = True

# No student's name is a formula to the spreadsheet that opens `grades.csv`.
c.ExportApp.plugin_class = "autograder.nbgrader.export.CsvExport"
