"""CEL rules of custom resources (``x-kubernetes-validations``), evaluated by the library common-expression-language.

May live here: what a rule sees of an object, the functions that Kubernetes adds to CEL, what becomes of a rule that
does not hold. May not: the language itself - it is the library's - and the schema's other words (``checks/``).
"""
