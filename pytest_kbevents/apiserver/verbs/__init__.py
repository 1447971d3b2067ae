"""What can be done with objects: each verb reads, decides and commits inside one transaction of the store.

May live here: the verbs in Kubernetes' generic form, their options, subresources. May not: rules of single kinds
(``kinds/``), the form of answers (``views/``), who may do it (``access/``).
"""
