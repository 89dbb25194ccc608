"""Counting in Redis: one script, one round trip per message."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from redis import Redis
from redis.exceptions import NoScriptError

from bot.limits.verdict import Asked, Verdict

# Every key begins with this, and every one lapses by itself.
PREFIX = "sokoni:limit:"
# In the order of the script's answers.
VERDICTS = (Verdict.OPEN, Verdict.FIRST_TOO_MANY, Verdict.TOO_MANY, Verdict.BUSY)

# KEYS: 1 this message, 2 its sender, 3 its line.
# ARGV: 1 now, 2 the sender's time and 3 most, 4 the line's time and 5 most; times in milliseconds.
# A message that is posted again gets the answer that it got at first, and is not counted. One that is
# too many is not held against the line.
SCRIPT = """
local said = redis.call('GET', KEYS[1])
if said then return tonumber(said) end
local function count(key, within)
  local since = redis.call('HGET', key, 'since')
  if not since or tonumber(ARGV[1]) - tonumber(since) >= tonumber(within) then
    redis.call('HSET', key, 'since', ARGV[1], 'count', 1)
    redis.call('PEXPIRE', key, within)
    return 1
  end
  return redis.call('HINCRBY', key, 'count', 1)
end
local answer = 0
local seen, most = count(KEYS[2], ARGV[2]), tonumber(ARGV[3])
if seen == most + 1 then answer = 1
elseif seen > most then answer = 2
elseif count(KEYS[3], ARGV[4]) > tonumber(ARGV[5]) then answer = 3 end
redis.call('SET', KEYS[1], answer, 'PX', ARGV[2])
return answer
"""
SHA = hashlib.sha1(SCRIPT.encode(), usedforsecurity=False).hexdigest()


@dataclass(frozen=True, slots=True)
class RedisCounts:
    """`redis` should give up soon: somebody waits for the answer."""

    redis: Redis

    def judge(self, asked: Asked, now: datetime) -> Verdict:
        """Raises RedisError."""
        arguments: tuple[str | int, ...] = (
            *(PREFIX + key for key in (asked.key, asked.sender.key, asked.line.key)),
            int(now.timestamp() * 1000),
            _milliseconds(asked.sender.within),
            asked.sender.most,
            _milliseconds(asked.line.within),
            asked.line.most,
        )
        answer: Any
        try:
            answer = self.redis.evalsha(SHA, 3, *arguments)
        except NoScriptError:
            # A Redis that is new, or was restarted, learns it by being told.
            answer = self.redis.eval(SCRIPT, 3, *arguments)
        return VERDICTS[int(answer)]


def _milliseconds(span: timedelta) -> int:
    return int(span.total_seconds() * 1000)
