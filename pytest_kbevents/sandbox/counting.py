"""Compiles templates so that what takes time counts: turns, calls, comparisons, and what is put together."""

from __future__ import annotations

from typing import TypeVar, cast

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.visitor import NodeTransformer

N = TypeVar("N", nodes.For, nodes.Macro, nodes.CallBlock, nodes.Block, nodes.Template)

TURN = 50
"""What a turn of a loop or a call costs, beside the text in it."""
SPENT, PAID, JOINED = "_spent", "_paid", "_joined"
"""Filters of ours: a value whose weight is spent, a number that is spent, a list that is joined."""


class CountingGenerator(CodeGenerator):
    """Jinja2's, with counting put into what it compiles."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 - the visitor's name
        counted = _Counting().visit(node)
        counted.set_environment(self.environment)
        super().visit_Template(counted, frame)


class _Counting(NodeTransformer):
    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802
        self.generic_visit(node)
        node.iter = _filtered(node.iter, SPENT)
        return _paying(node)

    def visit_Macro(self, node: nodes.Macro) -> nodes.Macro:  # noqa: N802
        self.generic_visit(node)
        return _paying(node)

    def visit_CallBlock(self, node: nodes.CallBlock) -> nodes.CallBlock:  # noqa: N802
        self.generic_visit(node)
        return _paying(node)

    def visit_Block(self, node: nodes.Block) -> nodes.Block:  # noqa: N802
        self.generic_visit(node)
        return _paying(node)

    def visit_Template(self, node: nodes.Template) -> nodes.Template:  # noqa: N802
        self.generic_visit(node)
        return _paying(node)

    def visit_Concat(self, node: nodes.Concat) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        return _filtered(nodes.List(node.nodes, lineno=node.lineno), JOINED)

    def visit_Compare(self, node: nodes.Compare) -> nodes.Compare:  # noqa: N802
        self.generic_visit(node)
        node.expr = _filtered(node.expr, SPENT)
        for operand in node.ops:
            operand.expr = _filtered(operand.expr, SPENT)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, SPENT) if isinstance(node.arg, nodes.Slice) else node

    def visit_List(self, node: nodes.List) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, SPENT)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, SPENT) if node.ctx == "load" else node

    def visit_Dict(self, node: nodes.Dict) -> nodes.Expr:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, SPENT)


def _paying(node: N) -> N:
    """With its price as the first thing that is done in it."""
    price = TURN + sum(len(data.data) for data in node.find_all(nodes.TemplateData))
    number = nodes.Const(price, lineno=node.lineno)
    node.body.insert(0, nodes.Output([_filtered(number, PAID)], lineno=node.lineno))
    return node


def _filtered(node: nodes.Node, name: str) -> nodes.Filter:
    return nodes.Filter(cast(nodes.Expr, node), name, [], [], None, None, lineno=node.lineno)
