"""Why something is done to somebody, on the command line: they read it."""

import click


class Reason(click.ParamType[str]):
    """Words on one line; a reason without any is none."""

    name = "text"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        words = " ".join(value.split())
        return words or self.fail("say why: whom it is about reads it", param, ctx)


REASON = Reason()
