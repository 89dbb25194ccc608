"""How the emulated Africa's Talking is set up."""

from dataclasses import dataclass, field

from channels.emulated import LoopbackPost, Play, Post


@dataclass(frozen=True, slots=True)
class Options(Play):
    """`target` is the server that webhooks are posted to, under `webhook_secret`."""

    username: str
    api_key: str = field(repr=False)
    webhook_secret: str = field(repr=False)
    target: str
    post: Post = field(default_factory=LoopbackPost)
