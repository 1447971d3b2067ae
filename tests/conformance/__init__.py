"""How close our API server is to a real one: small cases, each written once, run against ``embedded``, ``local`` and
``envtest``.

A case is a function in ``cases/<topic>.py`` that calls an ``Api``; its docstring is the behaviour it shows, and its
line of docs/reference/fidelity.md. What is compared is the transcript of its calls: the code, the content type, the
warnings and the body of each answer, volatile values masked (see ``masks``). A real kube-apiserver is the judge:
``expected/<topic>.json`` is what it answered, so that nobody needs one to compare::

    pytest tests/conformance                                every case on every backend that is there
    pytest tests/conformance --topic create -k embedded     one topic on one backend; a failure shows a diff a call
    pytest tests/conformance -k 'embedded and generate'     cases by name
    pytest tests/conformance -s --show -k embedded-create.generate_name  what is answered now, whole
    KUBEBUILDER_ASSETS=$(python tools/assets.py) pytest tests/conformance -k envtest --record [--topic create]
                                                            ask the real server anew, and write it down

Without ``--record``, envtest must answer what is written down. A case that is known to differ on our server stands in
``known.KNOWN`` with the reason, and must differ: when it agrees, take it out and run ``pytest tests/conformance
--write-fidelity``, which writes the document from the cases and that table.
"""
