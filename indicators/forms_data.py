"""The form by which a file of figures comes in."""

from django import forms


class UploadForm(forms.Form):
    """One file. What is in it is looked at once it is kept."""

    file = forms.FileField(
        label="File of figures",
        help_text="A CSV file or a workbook: a tidy table, a street file of data.police.uk, or a table of your own.",
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xlsm,.ods,text/csv"}),
        error_messages={"required": "Choose a file.", "invalid": "Choose a file.", "missing": "Choose a file."},
    )
