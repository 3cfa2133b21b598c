"""One object per kind of measure: what its figure looks like, how it is read, judged, worded and typed.

A new kind is named in ``indicators/vocabulary.yaml``, in ``MeasureKind`` (`indicators.model.standard`) and in
`indicators.checking.kinds`, behaves in a module here, and is told in ``docs/writing-a-standard.md`` and
``docs/submission-format.md``. A figure of a new shape also needs its type in `scoring.submission` and a widget in
`ui.components.forms.answer_form`.
"""
